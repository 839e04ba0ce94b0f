import { signal } from "@preact/signals";
import { go, route } from "../../model/route";
import type { RunSession } from "../../model/run-session";

export const SPEEDS = [1, 4, 16] as const;

/**
 * Plays a recording against its own clock: ×1 takes as long as the training took. Pauses longer
 * than two seconds, as between two processes, are cut to that.
 */
class Playback {
  readonly isPlaying = signal(false);
  readonly speed = signal<number>(4);
  private run: RunSession | null = null;
  private last = 0;
  private ahead = 0;

  toggle(run: RunSession): void {
    if (this.isPlaying.peek()) return this.stop();
    const t = run.model.timeline;
    if (t.length < 2) return;
    const at = route.peek().at;
    // Playing from the end would show nothing: start over.
    if (at === null || t.nearest(at) >= t.length - 1) go({ at: t.iteration[0] as number });
    this.run = run;
    this.ahead = 0;
    this.last = performance.now();
    this.isPlaying.value = true;
    requestAnimationFrame((now) => this.advance(now));
  }

  stop(): void {
    this.isPlaying.value = false;
    this.run = null;
  }

  private advance(now: number): void {
    const run = this.run;
    if (run === null || !this.isPlaying.peek()) return;
    const t = run.model.timeline;
    const at = route.peek().at;
    if (at === null) return this.stop();
    this.ahead += (now - this.last) * this.speed.peek();
    this.last = now;
    let sample = t.nearest(at);
    while (sample < t.length - 1) {
      const gap = (t.timeMillis[sample + 1] as number) - (t.timeMillis[sample] as number);
      const cost = Math.min(2000, Math.max(1, gap));
      if (cost > this.ahead) break;
      this.ahead -= cost;
      sample++;
    }
    const iteration = t.iteration[sample] as number;
    if (iteration !== at) go({ at: iteration });
    if (sample >= t.length - 1) {
      this.stop();
      // A live run is caught up with; a recorded one rests on its last moment, which is the newest.
      go({ at: null });
      return;
    }
    requestAnimationFrame((later) => this.advance(later));
  }
}

export const playback = new Playback();
