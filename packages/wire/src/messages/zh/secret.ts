import type { secret as english } from '../en/secret.ts';
import type { Translated } from '../translated.ts';

export const secret = {
  shownOnce: '它只显示这一次。请妥善保存：谁拿到它，谁就能使用它的全部权限。',
  inFile: (p) => `在 ${p.file} 中，只有您能读取`,
  fileExists: (p) => `${p.file} 已存在，不会覆盖。`,
  fileExistsFix: '请用 --out 指定别的文件，或先移走它。',
  fileUnwritable: (p) => `无法写入 ${p.file}:${p.problem}。`,
  fileUnwritableFix: '请指定您有写权限的文件夹中的文件。什么都没有创建。',
  fileFailed: (p) => `最终未能写入 ${p.file}(${p.problem})，因此显示在这里：`,
} satisfies Translated<typeof english>;
