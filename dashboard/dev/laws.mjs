// Made-up answers of GET /api/v1/runs/{id}/laws: one law that is known, one that is not yet.
const f = (t, A = 30, beta = 0.00075, tau = 180, K = 9) => A * Math.exp(-beta * t) * Math.log(1 + t / tau) + K;

const range = (first, last, count) => Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1));

/** The shape that the server answers with; the figures are plausible, not computed. */
export function laws(world) {
  const now = world.iteration;
  const names = world.layers.map((layer) => layer.name);
  const whole = range(10, now, 80).map(Math.round);
  const ahead = range(now, now * 1.5, 30).map(Math.round);
  const spread = (t) => 0.4 + (3 * (t - now)) / now;
  const emergence = {
    layer: names.at(-2), quantity: "massive_ratio", state: "fitted", reason: "",
    peak: { value: 1490, low: 1320, high: 1710 }, limit: { value: 9.1, low: 7.4, high: 11.2 },
    r2: 0.964, aic: { emergence: -812, constant: -201, line: -455, saturation: -640 },
    curve: { iteration: whole, fit: whole.map((t) => f(t)) },
    forecast: { iteration: ahead, low: ahead.map((t) => f(t) - spread(t)), mid: ahead.map((t) => f(t)), high: ahead.map((t) => f(t) + spread(t)) },
    past: [0.25, 0.5, 0.75].map((share) => ({ at: Math.round(now * share), horizon: Math.round(now * 0.25), error: 0.8 / share, persistence: 2.4 / share, line: 3.1 / share })),
  };
  const unknown = {
    layer: names[0], quantity: "massive_ratio", state: "not identifiable yet", reason: "a straight line explains the series as well: its AIC is lower by 3.1",
    peak: null, limit: null, r2: null, aic: { emergence: -301, constant: -120, line: -304, saturation: -299 }, curve: null, forecast: null, past: [],
  };
  const sparsity = {
    layer: names.at(-2), quantity: "zero_share", law: "relu", state: "fitted", reason: "", parameters: { alpha: 0.31, b: -0.2, c: 1.4 },
    limit: { value: 0.12, low: 0.05, high: 0.17 }, r2: 0.91, aic: { sparsity: -702, constant: -300, line: -480 },
    curve: { iteration: whole, fit: whole.map((t) => 0.75 - 0.3 * Math.exp(-t / 900)) },
    forecast: { iteration: ahead, low: ahead.map(() => 0.7), mid: ahead.map(() => 0.75), high: ahead.map(() => 0.79) }, past: [],
  };
  return { emergence: names.length > 2 ? [emergence, unknown] : [unknown], sparsity: names.length > 2 ? [sparsity] : [] };
}
