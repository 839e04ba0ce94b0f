import * as twgl from "twgl.js";
import { colourMap, GROUND } from "../../colour/maps";
import { hexRgb } from "../../colour/oklab";
import type { Field } from "../../model/route";
import { matrixOf } from "../../model/pose";
import { theme, type Theme } from "../../model/theme";
import { invalidate, type Panel } from "../loop";
import { mixOf, type LayerScene, type Mix } from "./layer-scene";
import { POINT_FRAGMENT, POINT_VERTEX, SURFACE_FRAGMENT, SURFACE_VERTEX } from "./shaders";

export type Detail = "tile" | "focus" | "mini";

/** One place on the page where a layer's map appears. */
export interface MapSpot {
  readonly element: HTMLElement;
  readonly scene: LayerScene;
  field: Field;
  detail: Detail;
  /** Whether the field has a sign; otherwise it is a magnitude. */
  isSigned: boolean;
  marked: number;
  hovered: number;
  pinned: readonly number[];
  /** Group whose units are marked on top of whatever is shown; −1 for none. */
  highlight: number;
}

interface Gpu {
  revision: number;
  readonly from: WebGLBuffer;
  readonly to: WebGLBuffer;
  readonly seriesFrom: WebGLBuffer;
  readonly seriesTo: WebGLBuffer;
  readonly state: WebGLBuffer;
  readonly index: WebGLBuffer;
  triangles: Uint32Array | null;
}

interface Inks {
  readonly ground: number[];
  readonly line: number[];
  readonly dot: number[];
  readonly muted: number[];
  readonly accent: number[];
  readonly mark: number[];
}

const INKS: Readonly<Record<Theme, Inks>> = {
  dark: {
    ground: rgba(GROUND.dark, 1),
    line: rgba("#f4f1ea", 0.36),
    dot: rgba("#f4f1ea", 0.42),
    muted: rgba("#8b95a1", 0.75),
    accent: rgba("#e3b457", 1),
    mark: rgba("#ffffff", 1),
  },
  light: {
    ground: rgba(GROUND.light, 1),
    line: rgba("#1c2126", 0.36),
    dot: rgba("#1c2126", 0.45),
    muted: rgba("#6b737c", 0.8),
    accent: rgba("#8a5a00", 1),
    mark: rgba("#000000", 1),
  },
};

// Easing needs no more than 30 frames a second, and the machine is often the one that trains.
const FRAME_MILLIS = 30;

// More than any of the programs has.
const ATTRIBUTES = 8;

/**
 * One WebGL2 canvas over the whole page that draws every map, each cut to its spot: browsers allow
 * few contexts, and one context shares the buffers of a layer between its tile, its focus and its
 * small multiples. The canvas takes no pointer events.
 */
export class Stage implements Panel {
  readonly isSupported: boolean;
  private readonly spots = new Set<MapSpot>();
  private readonly gpu = new Map<LayerScene, Gpu>();
  private gl: WebGL2RenderingContext | null;
  private surface: twgl.ProgramInfo | null = null;
  private points: twgl.ProgramInfo | null = null;
  private colours: Record<string, WebGLTexture> = {};
  private ratio = 1;
  private isUrgent = false;
  private lastDrawn = 0;
  private readonly enabled = new Set<number>();
  private readonly locations = new WeakMap<twgl.ProgramInfo, Map<string, number>>();

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.gl = canvas.getContext("webgl2", {
      alpha: true,
      premultipliedAlpha: true,
      antialias: window.devicePixelRatio < 2,
      powerPreference: "low-power",
    });
    this.isSupported = this.gl !== null;
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.surface = null;
    });
    canvas.addEventListener("webglcontextrestored", () => {
      this.gpu.clear();
      this.enabled.clear();
      this.changed();
    });
    window.addEventListener("resize", () => this.changed());
    window.addEventListener("scroll", () => this.changed(), { capture: true, passive: true });
    theme.subscribe(() => this.changed());
  }

  add(spot: MapSpot): void {
    this.spots.add(spot);
    this.changed();
  }

  remove(spot: MapSpot): void {
    this.spots.delete(spot);
    const isUsed = [...this.spots].some((other) => other.scene === spot.scene);
    if (!isUsed) this.release(spot.scene);
    this.changed();
  }

  changed(): void {
    this.isUrgent = true;
    invalidate(this);
  }

  draw(now: number): boolean {
    const gl = this.gl;
    if (gl === null || gl.isContextLost()) return false;
    if (!this.isUrgent && now - this.lastDrawn < FRAME_MILLIS) return true;
    this.isUrgent = false;
    this.lastDrawn = now;
    if (this.surface === null || this.points === null) this.compile(gl);
    this.resize(gl);
    gl.disable(gl.SCISSOR_TEST);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.SCISSOR_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    let moving = false;
    for (const spot of this.spots) {
      if (spot.scene.map === null || !this.frame(gl, spot)) continue;
      this.drawSpot(gl, spot, now);
      moving ||= spot.scene.isMoving(now);
    }
    return moving;
  }

  private compile(gl: WebGL2RenderingContext): void {
    this.surface = twgl.createProgramInfo(gl, [SURFACE_VERTEX, SURFACE_FRAGMENT]);
    this.points = twgl.createProgramInfo(gl, [POINT_VERTEX, POINT_FRAGMENT]);
    this.colours = {};
    for (const name of ["dark", "light"] as const) {
      for (const signed of [true, false]) {
        this.colours[`${name}${signed}`] = twgl.createTexture(gl, {
          src: colourMap(name, signed),
          width: 256,
          height: 1,
          min: gl.NEAREST,
          mag: gl.NEAREST,
          wrap: gl.CLAMP_TO_EDGE,
        });
      }
    }
  }

  private resize(gl: WebGL2RenderingContext): void {
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.round(window.innerWidth * this.ratio);
    const height = Math.round(window.innerHeight * this.ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    gl.viewport(0, 0, width, height);
  }

  /** Sets viewport and scissor to the spot; false when nothing of it is visible. */
  private frame(gl: WebGL2RenderingContext, spot: MapSpot): boolean {
    const box = spot.element.getBoundingClientRect();
    const clip = spot.element.closest("[data-clips]")?.getBoundingClientRect();
    const left = Math.max(box.left, clip?.left ?? 0, 0);
    const right = Math.min(box.right, clip?.right ?? Infinity, window.innerWidth);
    const top = Math.max(box.top, clip?.top ?? 0, 0);
    const bottom = Math.min(box.bottom, clip?.bottom ?? Infinity, window.innerHeight);
    if (right - left < 1 || bottom - top < 1) return false;
    const k = this.ratio;
    const height = this.canvas.height;
    const side = Math.min(box.width, box.height);
    const x = box.left + (box.width - side) / 2;
    const y = box.top + (box.height - side) / 2;
    gl.viewport(Math.round(x * k), Math.round(height - (y + side) * k), Math.round(side * k), Math.round(side * k));
    gl.scissor(
      Math.round(left * k),
      Math.round(height - bottom * k),
      Math.round((right - left) * k),
      Math.round((bottom - top) * k),
    );
    return true;
  }

  private drawSpot(gl: WebGL2RenderingContext, spot: MapSpot, now: number): void {
    const scene = spot.scene;
    const gpu = this.upload(gl, scene);
    const side = Math.min(spot.element.clientWidth, spot.element.clientHeight) * this.ratio;
    const inks = INKS[theme.peek()];
    const mix = mixOf(spot.field);
    if (mix.plus >= scene.groups || mix.minus >= scene.groups) return;
    const [a, b, c, d] = matrixOf(scene.pose(now));
    const shared = {
      u_ease: scene.progress(now),
      u_pose: [a, c, b, d], // column by column
      u_extent: scene.shownExtent(now),
      u_weights: [mix.plusWeight, mix.minusWeight],
      u_range: scene.range(spot.field),
      u_colours: this.colours[`${theme.peek()}${spot.isSigned}`],
      u_signed: spot.isSigned ? 1 : 0,
    };
    if (!scene.isDiscs) this.drawSurface(gl, gpu, spot, shared, mix, inks, now);
    this.drawPoints(gl, gpu, spot, shared, mix, side, inks);
    this.drawHighlight(gl, gpu, spot, shared, inks);
    this.drawMarks(gl, gpu, spot, shared, mix, side, inks, now);
  }

  private drawSurface(
    gl: WebGL2RenderingContext,
    gpu: Gpu,
    spot: MapSpot,
    shared: Record<string, unknown>,
    mix: Mix,
    inks: Inks,
    now: number,
  ): void {
    const { scene } = spot;
    const alpha = scene.surfaceAlpha(now);
    const triangles = scene.triangles(now);
    if (alpha <= 0 || triangles.length === 0) return;
    const program = this.surface as twgl.ProgramInfo;
    gl.useProgram(program.program);
    this.bind(gl, program, gpu, mix, scene.units);
    const isFocus = spot.detail === "focus";
    twgl.setUniforms(program, shared);
    twgl.setUniforms(program, {
      u_step: isFocus ? 0.125 : 0.25,
      u_index: isFocus ? 4 : 0,
      u_ink: inks.line,
      u_line: (isFocus ? 0.9 : 0.7) * this.ratio,
      u_alpha: alpha,
    });
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gpu.index);
    if (gpu.triangles !== triangles) {
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles, gl.DYNAMIC_DRAW);
      gpu.triangles = triangles;
    }
    gl.drawElements(gl.TRIANGLES, triangles.length, gl.UNSIGNED_INT, 0);
  }

  private drawPoints(
    gl: WebGL2RenderingContext,
    gpu: Gpu,
    spot: MapSpot,
    shared: Record<string, unknown>,
    mix: Mix,
    side: number,
    inks: Inks,
  ): void {
    const program = this.points as twgl.ProgramInfo;
    const { scene, detail } = spot;
    gl.useProgram(program.program);
    this.bind(gl, program, gpu, mix, scene.units);
    const k = this.ratio;
    const disc = discSize(scene, detail, side);
    // Many dots would hide the surface that they carry.
    const focusDot = scene.units > 1500 ? 1.2 : scene.units > 250 ? 1.8 : 3.2;
    const dot = { tile: scene.units > 200 ? 0 : 1.3, focus: focusDot, mini: 0 }[detail] * k;
    const size = scene.isDiscs ? disc : dot;
    twgl.setUniforms(program, shared);
    twgl.setUniforms(program, {
      u_size: size,
      u_deadSize: scene.isDiscs ? disc * 0.8 : { tile: 4, focus: 7, mini: -2 }[detail] * k,
      u_ink: scene.units > 250 ? [...inks.dot.slice(0, 3), 0.3] : inks.dot,
      u_muted: inks.muted,
      u_accent: inks.accent,
      u_ground: inks.ground,
      u_style: scene.isDiscs ? 1 : 0,
      u_ratio: k,
    });
    gl.drawArrays(gl.POINTS, 0, scene.units);
  }

  /** The units of one group, larger the more they answer to it. */
  private drawHighlight(
    gl: WebGL2RenderingContext,
    gpu: Gpu,
    spot: MapSpot,
    shared: Record<string, unknown>,
    inks: Inks,
  ): void {
    const { scene, highlight, detail } = spot;
    if (highlight < 0 || highlight >= scene.groups || scene.isDiscs || detail === "mini") return;
    const program = this.points as twgl.ProgramInfo;
    this.bind(gl, program, gpu, { plus: highlight, minus: highlight }, scene.units);
    const size = (detail === "focus" ? (scene.units > 1500 ? 6 : 9) : scene.units > 200 ? 4.5 : 6) * this.ratio;
    twgl.setUniforms(program, shared);
    twgl.setUniforms(program, {
      u_weights: [1, 0],
      u_range: scene.strongest(highlight),
      u_size: size,
      u_deadSize: 0,
      u_ink: inks.mark,
      u_ground: inks.ground,
      u_style: 3,
      u_ratio: this.ratio,
    });
    gl.drawArrays(gl.POINTS, 0, scene.units);
  }

  /** Rings about units that are pinned, chosen or pointed at, and waves about births and deaths. */
  private drawMarks(
    gl: WebGL2RenderingContext,
    gpu: Gpu,
    spot: MapSpot,
    shared: Record<string, unknown>,
    mix: Mix,
    side: number,
    inks: Inks,
    now: number,
  ): void {
    const { scene, detail } = spot;
    const program = this.points as twgl.ProgramInfo;
    const k = this.ratio;
    this.bind(gl, program, gpu, mix, scene.units);
    twgl.setUniforms(program, shared);
    const one = (unit: number, size: number, ink: number[], style: number) => {
      if (unit < 0 || unit >= scene.units) return;
      twgl.setUniforms(program, { u_size: size, u_deadSize: size, u_ink: ink, u_style: style, u_ratio: k });
      gl.drawArrays(gl.POINTS, unit, 1);
    };
    twgl.setUniforms(program, { u_ground: inks.ground });
    if (detail !== "mini") {
      for (const { unit, isBirth, share } of scene.wavesAt(now)) {
        const widest = (detail === "focus" ? 44 : 24) * k;
        // A birth spreads, a death closes in.
        const size = widest * (isBirth ? 0.2 + 0.8 * share : 1 - 0.8 * share);
        const ink = isBirth ? inks.accent : inks.muted;
        one(unit, size, [...ink.slice(0, 3), 0.9 * (1 - share)], 4);
      }
    }
    const ring = scene.isDiscs ? discSize(scene, detail, side) + 6 * k : { focus: 16, tile: 11, mini: 8 }[detail] * k;
    for (const unit of spot.pinned) if (unit !== spot.marked) one(unit, ring, inks.accent, 2);
    for (const unit of new Set([spot.marked, spot.hovered])) one(unit, ring, inks.mark, 2);
  }

  private bind(
    gl: WebGL2RenderingContext,
    program: twgl.ProgramInfo,
    gpu: Gpu,
    mix: Pick<Mix, "plus" | "minus">,
    units: number,
  ): void {
    // An attribute of the other program may still read a buffer that has gone with its layer.
    for (const at of this.enabled) gl.disableVertexAttribArray(at);
    this.enabled.clear();
    const attribute = (name: string, buffer: WebGLBuffer, size: number, offset: number) => {
      const at = this.location(gl, program, name);
      if (at < 0) return;
      this.enabled.add(at);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, gl.FLOAT, false, 0, offset * 4);
    };
    attribute("a_from", gpu.from, 2, 0);
    attribute("a_to", gpu.to, 2, 0);
    attribute("a_plusFrom", gpu.seriesFrom, 1, (mix.plus + 1) * units);
    attribute("a_plusTo", gpu.seriesTo, 1, (mix.plus + 1) * units);
    attribute("a_minusFrom", gpu.seriesFrom, 1, (mix.minus + 1) * units);
    attribute("a_minusTo", gpu.seriesTo, 1, (mix.minus + 1) * units);
    attribute("a_state", gpu.state, 1, 0);
  }

  // Asking the driver for a location is slow enough to be seen in a profile.
  private location(gl: WebGL2RenderingContext, program: twgl.ProgramInfo, name: string): number {
    let known = this.locations.get(program);
    if (known === undefined) this.locations.set(program, (known = new Map()));
    let at = known.get(name);
    if (at === undefined) known.set(name, (at = gl.getAttribLocation(program.program, name)));
    return at;
  }

  private upload(gl: WebGL2RenderingContext, scene: LayerScene): Gpu {
    let gpu = this.gpu.get(scene);
    if (gpu === undefined) {
      const buffer = () => gl.createBuffer() as WebGLBuffer;
      gpu = {
        revision: -1,
        from: buffer(),
        to: buffer(),
        seriesFrom: buffer(),
        seriesTo: buffer(),
        state: buffer(),
        index: buffer(),
        triangles: null,
      };
      this.gpu.set(scene, gpu);
    }
    const map = scene.map;
    if (gpu.revision === scene.revision || map === null) return gpu;
    gpu.revision = scene.revision;
    const fill = (buffer: WebGLBuffer, values: Float32Array) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
    };
    fill(gpu.from, scene.from);
    fill(gpu.to, scene.to);
    fill(gpu.seriesFrom, scene.seriesFrom);
    fill(gpu.seriesTo, scene.seriesTo);
    fill(gpu.state, Float32Array.from(map.states));
    return gpu;
  }

  private release(scene: LayerScene): void {
    const gpu = this.gpu.get(scene);
    if (gpu === undefined || this.gl === null) return;
    for (const buffer of [gpu.from, gpu.to, gpu.seriesFrom, gpu.seriesTo, gpu.state, gpu.index]) {
      this.gl.deleteBuffer(buffer);
    }
    // An attribute that stays switched on would refer to a buffer that is gone.
    for (let at = 0; at < ATTRIBUTES; at++) this.gl.disableVertexAttribArray(at);
    this.gpu.delete(scene);
  }
}

/** Discs shrink with their number so that sixteen of them still do not touch. */
function discSize(scene: LayerScene, detail: Detail, side: number): number {
  return (side * (detail === "focus" ? 0.2 : 0.24)) / Math.sqrt(Math.max(1, scene.units) / 2 + 0.5);
}

function rgba(hex: string, alpha: number): number[] {
  return [...hexRgb(hex), alpha];
}
