extension JavaScript {
  /// Functions of arrays: flat, in row-major order, with their shapes as arguments.
  static let arrayFunctions = [
    "const list = x => typeof x === \"object\" ? x : [x];",
    "const fill = (n, x) => new Array(n).fill(x);",
    """
    const map = (n, f, ...xs) => {
      const result = new Array(n);
      for (let i = 0; i < n; i++) result[i] = f(...xs.map(x => typeof x === "object" ? x[i] : x));
      return result;
    };
    """,
    """
    const along = (x, outer, n, inner, f) => {
      const result = [];
      for (let a = 0; a < outer; a++) for (let b = 0; b < inner; b++) {
        const line = [];
        for (let k = 0; k < n; k++) line.push(x[(a * n + k) * inner + b]);
        result.push(f(line));
      }
      return result;
    };
    """,
    """
    const scan = (x, outer, n, inner, f, ...more) => {
      const result = new Array(x.length);
      for (let a = 0; a < outer; a++) for (let b = 0; b < inner; b++) {
        const places = [];
        for (let k = 0; k < n; k++) places.push((a * n + k) * inner + b);
        const line = f(...[x, ...more].map(y => places.map(p => y[p])));
        places.forEach((p, k) => { result[p] = line[k]; });
      }
      return result;
    };
    """,
    "const sum = x => x.reduce((a, b) => a + b, 0);",
    "const product = x => x.reduce((a, b) => a * b, 1);",
    "const greatest = x => x.reduce((a, b) => largest(a, b));",
    "const smallest = x => x.reduce((a, b) => least(a, b));",
    "const argmax = x => { const y = greatest(x); return Math.max(0, x.findIndex(a => a === y || a !== a)); };",
    "const argmin = x => { const y = smallest(x); return Math.max(0, x.findIndex(a => a === y || a !== a)); };",
    "const norm = x => Math.hypot(...x);",
    """
    const logsumexp = x => {
      const top = greatest(x);
      return Math.abs(top) === Infinity ? top : top + Math.log(sum(x.map(a => Math.exp(a - top))));
    };
    """,
    """
    const softmax = x => {
      const top = greatest(x), parts = x.map(a => Math.exp(a - top)), total = sum(parts);
      return parts.map(a => a / total);
    };
    """,
    "const cumsum = x => { let s = 0; return x.map(a => s += a); };",
    "const cumsumBack = x => cumsum([...x].reverse()).reverse();",
    """
    const others = (x, ...more) => x.map((_, i) => {
      let state = new Array(1 << more.length).fill(0);
      state[0] = 1;
      x.forEach((factor, k) => {
        if (k === i) return;
        state = state.map((old, set) => more.reduce(
          (s, y, m) => set >> m & 1 ? s + state[set & ~(1 << m)] * y[k] : s, old * factor));
      });
      return state[state.length - 1];
    });
    """,
    """
    const stretch = (x, from, to) => {
      const n = to.reduce((a, b) => a * b, 1), result = new Array(n), source = list(x);
      for (let i = 0; i < n; i++) {
        let rest = i, place = 0, stride = 1;
        for (let axis = to.length - 1, k = from.length - 1; axis >= 0; axis--, k--) {
          const index = rest % to[axis];
          rest = (rest - index) / to[axis];
          if (k < 0) continue;
          if (from[k] !== 1) place += index * stride;
          stride *= from[k];
        }
        result[i] = source[place];
      }
      return result;
    };
    """,
    """
    const places = (shape, starts, counts, steps) => counts.reduce((sofar, count, axis) =>
      sofar.flatMap(p => Array.from({length: count}, (_, k) =>
        p * shape[axis] + starts[axis] + k * steps[axis])), [0]);
    """,
    """
    const transpose = (x, shape, axes) => {
      const strides = shape.map((_, a) => shape.slice(a + 1).reduce((p, q) => p * q, 1));
      return axes.reduce((sofar, a) => sofar.flatMap(p => Array.from({length: shape[a]}, (_, k) =>
        p + k * strides[a])), [0]).map(p => x[p]);
    };
    """,
    "const slice = (x, where) => where.map(p => x[p]);",
    """
    const sliceAdd = (x, y, where) => {
      const result = [...x];
      where.forEach((p, k) => { result[p] += y[k]; });
      return result;
    };
    """,
    """
    const sliceSet = (x, y, where) => {
      const result = [...x];
      where.forEach((p, k) => { result[p] = y[k]; });
      return result;
    };
    """,
    """
    const chosen = (outer, n, inner, indices) => {
      const result = [];
      for (let a = 0; a < outer; a++) for (const index of list(indices)) {
        for (let b = 0; b < inner; b++) result.push((a * n + index) * inner + b);
      }
      return result;
    };
    """,
    """
    const concat = (outer, ...parts) => {
      const result = [];
      for (let a = 0; a < outer; a++) for (const [x, n] of parts) {
        for (let k = 0; k < n; k++) result.push(x[a * n + k]);
      }
      return result;
    };
    """,
    """
    const matmul = (x, y, batch, rows, inner, columns, first, second) => {
      const result = [];
      for (let b = 0; b < batch; b++) for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) {
        let s = 0;
        for (let k = 0; k < inner; k++) {
          const p = b * rows * inner + (first ? k * rows + i : i * inner + k);
          const q = b * inner * columns + (second ? j * inner + k : k * columns + j);
          s += x[p] * y[q];
        }
        result.push(s);
      }
      return result;
    };
    """,
  ]
}
