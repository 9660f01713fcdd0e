import type { ReactElement } from 'react';
import { SkeletonLines } from '../ui/skeleton.tsx';

export function LoadingScreen(): ReactElement {
  return (
    <div className="mx-auto w-full max-w-[60rem] px-4 py-8 md:px-8">
      <SkeletonLines lines={6} />
    </div>
  );
}
