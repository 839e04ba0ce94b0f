const COMMON = `#version 300 es
precision highp float;
precision highp int;
`;

const PLACE = `
uniform float u_ease;
uniform float u_extent;
uniform mat2 u_pose;
in vec2 a_from;
in vec2 a_to;
in float a_plusFrom;
in float a_plusTo;
in float a_minusFrom;
in float a_minusTo;
uniform vec2 u_weights;
uniform float u_range;
vec2 place() { return u_pose * mix(a_from, a_to, u_ease) / u_extent; }
float level() {
  float plus = mix(a_plusFrom, a_plusTo, u_ease);
  float minus = mix(a_minusFrom, a_minusTo, u_ease);
  return (u_weights.x * plus + u_weights.y * minus) / u_range;
}
`;

const COLOUR = `
uniform sampler2D u_colours;
uniform float u_signed;
vec4 colourOf(float v) {
  float at = u_signed > 0.5 ? 128.0 + 127.0 * clamp(v, -1.0, 1.0) : 255.0 * clamp(v, 0.0, 1.0);
  return texture(u_colours, vec2((at + 0.5) / 256.0, 0.5));
}
`;

export const SURFACE_VERTEX = `${COMMON}${PLACE}
out float v_level;
void main() {
  v_level = level();
  gl_Position = vec4(place(), 0.0, 1.0);
}`;

// Contours straight from the interpolated value: the distance to the nearest level, in pixels, is
// |x - round(x)| over its screen derivative. Levels are odd halves of a step, so that noise about
// zero, where nothing is to be seen, draws no lines. Where levels come closer than three pixels the
// lines fade instead of filling the slope.
export const SURFACE_FRAGMENT = `${COMMON}${COLOUR}
in float v_level;
uniform float u_step;
uniform float u_index;
uniform vec4 u_ink;
uniform float u_line;
uniform float u_alpha;
out vec4 colour;
float contour(float x, float width) {
  float slope = fwidth(x);
  if (slope < 1e-5) return 0.0;
  float pixels = abs(x - round(x)) / slope;
  float room = clamp((1.0 / slope - 2.5) / 6.0, 0.0, 1.0);
  return room * (1.0 - smoothstep(width * 0.5 - 0.35, width * 0.5 + 0.65, pixels));
}
void main() {
  vec4 base = colourOf(v_level);
  float x = abs(v_level) / u_step - 0.5;
  float line = 0.6 * contour(x, u_line);
  if (u_index > 0.0) line = max(line, contour((x + 1.0) / u_index, u_line * 1.25));
  colour = vec4(mix(base.rgb, u_ink.rgb, line * u_ink.a), 1.0) * u_alpha;
}`;

export const POINT_VERTEX = `${COMMON}${PLACE}
in float a_state;
uniform float u_size;
uniform float u_deadSize;
uniform int u_style;
out float v_level;
out float v_state;
out float v_size;
void main() {
  v_level = level();
  v_state = a_state;
  v_size = a_state > 0.5 && a_state < 1.5 ? u_deadSize : u_size;
  // A unit is as much of a group as it answers to it.
  if (u_style == 3) v_size = u_size * smoothstep(0.3, 0.9, v_level);
  gl_PointSize = max(0.0, v_size + 2.0);
  gl_Position = vec4(place(), 0.0, 1.0);
}`;

// u_style: 0 plain dots of ink, 1 discs filled with the value's colour, 2 a ring (a marked unit),
// 3 dots sized by the value (the units of a group), 4 a wave about a unit that was born or died.
export const POINT_FRAGMENT = `${COMMON}${COLOUR}
in float v_level;
in float v_state;
in float v_size;
uniform vec4 u_ink;
uniform vec4 u_muted;
uniform vec4 u_accent;
uniform vec4 u_ground;
uniform int u_style;
uniform float u_ratio;
out vec4 colour;
void main() {
  if (v_size <= 0.0) discard;
  float r = length(gl_PointCoord - 0.5) * (v_size + 2.0);
  float edge = v_size * 0.5;
  float inside = 1.0 - smoothstep(edge - 0.7, edge + 0.7, r);
  if (inside <= 0.0) discard;
  bool dead = v_state > 0.5 && v_state < 1.5;
  bool born = v_state > 1.5;
  if (u_style == 2) {
    float outer = smoothstep(edge - 3.6 * u_ratio, edge - 2.9 * u_ratio, r);
    float inner = smoothstep(edge - 2.6 * u_ratio, edge - 1.9 * u_ratio, r);
    float rim = smoothstep(edge - 1.2 * u_ratio, edge - 0.5 * u_ratio, r);
    vec4 ring = mix(u_ground, u_ink, inner * (1.0 - rim));
    colour = vec4(ring.rgb, 1.0) * outer * inside;
    return;
  }
  if (u_style == 3) {
    float core = 1.0 - smoothstep(edge - 1.7 * u_ratio, edge - 1.0 * u_ratio, r);
    colour = vec4(mix(u_ground.rgb, u_ink.rgb, core), 1.0) * inside;
    return;
  }
  if (u_style == 4) {
    float wave = smoothstep(edge - 2.4 * u_ratio, edge - 1.2 * u_ratio, r) * inside;
    colour = vec4(u_ink.rgb, 1.0) * wave * u_ink.a;
    return;
  }
  float wide = (u_style == 1 ? 1.25 : 1.05) * u_ratio;
  float ring = smoothstep(edge - wide - 0.6, edge - wide + 0.6, r) * inside;
  if (dead) {
    colour = vec4(u_muted.rgb, 1.0) * ring * u_muted.a;
  } else if (u_style == 1) {
    vec4 fill = colourOf(v_level);
    vec3 rim = born ? u_accent.rgb : mix(fill.rgb, u_ink.rgb, 0.45);
    colour = vec4(mix(fill.rgb, rim, ring), 1.0) * inside;
  } else if (born) {
    colour = vec4(u_accent.rgb, 1.0) * inside;
  } else {
    colour = vec4(u_ink.rgb, 1.0) * inside * u_ink.a;
  }
}`;
