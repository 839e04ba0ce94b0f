import { batch, signal } from "@preact/signals";

export type SideTab = "groups" | "pinned" | "region" | "features";

/** What the large map is being used for; not worth a link, and gone with the layer. */
export const isLasso = signal(false);
export const region = signal<readonly number[]>([]);
export const sideTab = signal<SideTab>("groups");
export const isLegend = signal(false);
export const isPicking = signal(false);
/** Whether the list of alerts is open; it stays when the layer changes. */
export const isAlertList = signal(false);
/** Rises whenever the chosen unit is to be shown to the eye. */
export const locates = signal(0);

export function chooseRegion(units: readonly number[]): void {
  batch(() => {
    region.value = units;
    isLasso.value = false;
    sideTab.value = units.length > 0 ? "region" : "groups";
  });
}

/** For another layer: its units are others. */
export function leaveLayer(): void {
  batch(() => {
    region.value = [];
    isLasso.value = false;
    isPicking.value = false;
    sideTab.value = "groups";
  });
}
