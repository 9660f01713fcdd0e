import {
  AJAXError,
  GlobeControl,
  type MapGeoJSONFeature,
  Map as MapLibre,
  NavigationControl,
  Popup,
} from 'maplibre-gl';
import { type Refusal, readRefusal } from './refusal.ts';

export interface MapView {
  /** Draws a style; `afresh` asks again for tiles that were refused before. */
  draw(styleUrl: string, afresh: boolean): void;
  showBounds(bounds: readonly [number, number, number, number]): void;
}

declare global {
  interface Window {
    /** The page's map, for the browser's console and for tests. */
    latchkeyMap: MapLibre;
  }
}

/** From this width on, the panel stands beside the map and the globe makes room for it. */
const WIDE = '(min-width: 761px)';
const PANEL_PIXELS = 364;

/**
 * The map; everything that the API refuses to it goes to `onRefusal`.
 * @param signed adds the page's token to a URL of the API
 */
export function mapView(onRefusal: (refusal: Refusal) => void, signed: (url: string) => string): MapView {
  const wide = matchMedia(WIDE);
  const map = new MapLibre({
    container: 'map',
    transformRequest: (url) => ({ url: signed(url) }),
    style: { version: 8, sources: {}, layers: [] },
    center: [14, 22],
    zoom: globeZoom(wide.matches ? innerWidth - PANEL_PIXELS : innerWidth, innerHeight),
    maxZoom: 12,
    attributionControl: { compact: false },
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
  });
  const makeRoom = () =>
    map.setPadding({ left: wide.matches ? PANEL_PIXELS : 0, top: wide.matches ? 0 : 40 });
  makeRoom();
  wide.addEventListener('change', makeRoom);
  map.addControl(new NavigationControl({ visualizePitch: true }), 'top-right');
  map.addControl(new GlobeControl(), 'top-right');
  map.on('error', ({ error }) => {
    if (!(error instanceof AJAXError)) return;
    const { status, url } = error;
    error.body.text().then(
      (body) => onRefusal(readRefusal(status, url, body)),
      () => onRefusal(readRefusal(status, url, '')),
    );
  });
  map.on('click', ({ point, lngLat }) => {
    if (!map.isStyleLoaded()) return;
    const [feature] = map.queryRenderedFeatures(point);
    const facts = feature === undefined ? [] : factsOf(feature);
    if (facts.length > 0)
      new Popup({ closeButton: false }).setLngLat(lngLat).setDOMContent(list(facts)).addTo(map);
  });
  window.latchkeyMap = map;
  return {
    draw: (styleUrl, afresh) => map.setStyle(styleUrl, { diff: !afresh }),
    showBounds: ([west, south, east, north]) =>
      map.fitBounds([west, south, east, north], { padding: 90, maxZoom: 7, duration: 1200 }),
  };
}

/** The zoom at which the whole globe stands in a space of this size, with some air around it. */
function globeZoom(width: number, height: number): number {
  const air = 0.84;
  const pixelsAtZoomZero = 135;
  return Math.log2((Math.min(width, height) * air) / pixelsAtZoomZero);
}

function factsOf({ properties, sourceLayer }: MapGeoJSONFeature): readonly string[] {
  if (sourceLayer !== 'upload') return typeof properties.name === 'string' ? [properties.name] : [];
  return Object.entries(properties)
    .slice(0, 8)
    .map(([name, value]) => `${name}: ${String(value)}`);
}

function list(lines: readonly string[]): HTMLElement {
  const made = document.createElement('div');
  made.append(
    ...lines.map((line) => {
      const row = document.createElement('div');
      row.textContent = line;
      return row;
    }),
  );
  return made;
}
