/// What makes the page move.
enum PageScript {
  /// The script, which reads `program`, `nodes` and `objective`.
  static let text = #"""
    const v = [];
    const $ = id => document.getElementById(id);
    const full = x => x === true ? "true" : x === false ? "false" : x !== x ? "nan"
      : Math.abs(x) === Infinity ? (x < 0 ? "-inf" : "inf") : Object.is(x, -0) ? "-0" : String(x);
    const number = full;
    // In boxes numbers are short.
    const short = x => {
      if (typeof x !== "number" || !Number.isFinite(x)) return full(x);
      const rounded = Number(x.toPrecision(digits)), text = full(rounded);
      return text.length > digits + 7 ? rounded.toExponential() : text;
    };
    const text = (x, shape, number = full) => {
      if (typeof x !== "object") return number(x);
      if (x.length > 12) return "(an array of shape [" + shape.join(", ") + "])";
      const part = (from, sizes) => sizes.length === 0 ? number(x[from]) : "[" + Array.from(
        {length: sizes[0]}, (_, k) => part(from + k * sizes.slice(1).reduce((a, b) => a * b, 1),
          sizes.slice(1))).join(", ") + "]";
      return part(0, shape);
    };
    // In the picture a line has as many characters as in the one that was drawn.
    const clipped = x => x.length > room ? x.slice(0, room - 1) + "…" : x;
    const compute = (values = v) => { program.run(values); return values[program.objective]; };
    const state = {selected: null, step: null, timer: 0, curve: []};
    const handles = program.inputs.flatMap((input, index) => {
      const count = input.shape.reduce((a, b) => a * b, 1);
      if (input.shape.length === 0) return [{name: input.name, at: input.at, index: null, input}];
      return count > 64 ? [] : Array.from({length: count}, (_, k) => {
        let rest = k;
        const place = input.shape.slice().reverse().map(n => {
          const i = rest % n;
          rest = (rest - i) / n;
          return i;
        }).reverse();
        return {name: input.name + "[" + place.join(",") + "]", at: input.at, index: k, input};
      });
    });
    const get = (h, values = v) => h.index === null ? values[h.at] : values[h.at][h.index];
    const put = (h, x, values = v) => {
      if (h.index === null) values[h.at] = x;
      else values[h.at] = values[h.at].map((old, k) => k === h.index ? x : old);
    };
    const slope = h => h.input.gradient === null ? null
      : h.index === null ? v[h.input.gradient] : v[h.input.gradient][h.index];
    const hidden = k => state.step !== null && state.step < nodes[k].turn;

    const show = () => {
      nodes.forEach((node, k) => {
        const group = $("n" + k);
        const data = x => text(v[node.value], node.shape, x);
        const slope = x => hidden(k) ? "?" : text(v[node.gradient], node.shape, x);
        group.querySelector(".data tspan").textContent = clipped(data(short));
        const grad = group.querySelector(".grad tspan");
        if (grad) grad.textContent = clipped(slope(short));
        group.querySelector("title").textContent = node.title + "\ndata " + data(full)
          + (grad ? "\ngrad " + slope(full) : "");
        group.classList.toggle("selected", state.selected === k);
      });
      handles.forEach(h => {
        if (document.activeElement !== h.field) h.field.value = number(get(h));
      });
      explain();
      nudge();
    };
    const explain = () => {
      const k = state.selected;
      if (k === null) return;
      const node = nodes[k];
      const lines = [node.title + " = " + text(v[node.value], node.shape)];
      if (node.gradient === null) lines.push(objective + " does not depend on it.");
      else if (hidden(k)) lines.push("Its derivative comes later.");
      else {
        const name = node.derivative;
        node.paths.forEach(path => {
          if (path.partial) {
            const partial = number(path.partial(v)), same = path.rule === partial;
            lines.push(path.name + " = " + (same ? "" : path.rule + " = ") + partial);
            lines.push("  " + path.through + " = " + (path.before === null ? "" : number(v[path.before])
              + " + ") + number(v[path.adjoint]) + " * " + partial + " = " + number(v[path.sum]));
          } else lines.push("  " + path.through + " = " + text(v[path.sum], node.shape));
        });
        if (node.paths.length === 0) lines.push(name + " = 1, where the way back starts");
        else lines.push((node.paths.length > 1 ? "sum over " + node.paths.length + " paths: " : "")
          + name + " = " + text(v[node.gradient], node.shape));
      }
      $("rule").textContent = lines.join("\n");
    };
    const select = k => { state.selected = k; show(); };
    const update = () => { compute(); show(); remember(); };
    const moved = () => { if (program.branches) $("branches").hidden = false; };

    const remember = () => {
      clearTimeout(state.timer);
      state.timer = setTimeout(() => {
        const parts = program.inputs.map(input => encodeURIComponent(input.name) + "="
          + [].concat(v[input.at]).map(number).join(","));
        try { history.replaceState(null, "", "#" + parts.join("&")); } catch { /* A page in a frame. */ }
      }, 300);
    };
    const recall = () => location.hash.slice(1).split("&").forEach(part => {
      const [name, list] = part.split("=").map(decodeURIComponent);
      const input = program.inputs.find(input => input.name === name);
      if (!input || list === undefined) return;
      const numbers = list.split(",").map(Number);
      const wanted = [].concat(v[input.at]).length;
      if (numbers.length !== wanted || numbers.some(x => x !== x)) return;
      v[input.at] = input.shape.length === 0 ? numbers[0] : numbers;
      moved();
    });

    const quantum = x => 10 ** Math.floor(Math.log10(Math.max(Math.abs(x), 1))) / 100;
    const snapped = (x, step) => Number((Math.round(x / step) * step).toPrecision(12));
    const move = (h, x) => { put(h, x); moved(); update(); };
    const draggable = (element, h) => {
      element.classList.add("movable");
      element.addEventListener("pointerdown", event => {
        const from = event.clientX, old = get(h), step = quantum(old);
        const follow = e => {
          const distance = Math.round((e.clientX - from) / (e.shiftKey ? 10 : 1));
          if (distance !== 0) move(h, snapped(old + distance * step, step));
        };
        const end = () => {
          element.removeEventListener("pointermove", follow);
          element.removeEventListener("pointerup", end);
          element.removeEventListener("pointercancel", end);
        };
        element.setPointerCapture(event.pointerId);
        element.addEventListener("pointermove", follow);
        element.addEventListener("pointerup", end);
        element.addEventListener("pointercancel", end);
      });
      element.addEventListener("keydown", event => {
        const turn = {ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1}[event.key];
        if (!turn) return;
        event.preventDefault();
        const step = quantum(get(h)) * (event.shiftKey ? 0.1 : 1);
        move(h, snapped(get(h) + turn * step, step));
      });
    };

    const nudge = () => {
      const h = handles[$("nudged").value], d = Number($("amount").value);
      if (!h) return;
      const copy = v.slice(), before = v[program.objective];
      put(h, get(h) + d, copy);
      const actual = compute(copy) - before;
      const node = nodes.find(node => node.value === h.at);
      const by = slope(h);
      $("predicted").textContent = by !== null ? number(by * d) : node && node.gradient !== null
        ? number((h.index === null ? v[node.gradient] : v[node.gradient][h.index]) * d)
        : actual === 0 ? "0, since " + objective + " does not depend on it"
        : "unknown, since no derivative by it was asked for";
      $("actual").textContent = number(actual);
    };
    const descend = () => {
      if (state.curve.length === 0) state.curve.push(v[program.objective]);
      const rate = Number($("rate").value);
      const steps = program.inputs.filter(input => input.gradient !== null).map(input => {
        const [x, g] = [v[input.at], v[input.gradient]];
        return [input, input.shape.length === 0 ? x - rate * g : x.map((y, k) => y - rate * g[k])];
      });
      steps.forEach(([input, x]) => { v[input.at] = x; });
      moved();
      update();
      state.curve.push(v[program.objective]);
      draw();
    };
    const draw = () => {
      const all = state.curve.slice(-400), finite = all.filter(Number.isFinite);
      const low = Math.min(...finite), high = Math.max(...finite), range = high - low || 1;
      // What is not finite leaves a gap.
      const points = all.map((y, k) => !Number.isFinite(y) ? ""
        : (Number.isFinite(all[k - 1]) ? "L" : "M") + (80 + 234 * k / Math.max(1, all.length - 1)).toFixed(1)
          + " " + (90 - 80 * (y / range - low / range)).toFixed(1)
          + (Number.isFinite(all[k - 1]) || Number.isFinite(all[k + 1]) ? "" : "h0.1"));
      $("line").setAttribute("d", points.join(""));
      $("high").textContent = finite.length ? Number(high.toPrecision(3)) : "";
      $("low").textContent = finite.length ? Number(low.toPrecision(3)) : "";
      $("steps").textContent = state.curve.length - 1 + " steps, " + objective + " = "
        + number(v[program.objective]);
    };
    // Only the figure scrolls, so that what was clicked stays where it is.
    const reveal = k => {
      const figure = document.querySelector("figure");
      const [box, room] = [$("n" + k), figure].map(element => element.getBoundingClientRect());
      const way = (from, to, low, high) => from >= low && to <= high ? 0 : (from + to - low - high) / 2;
      figure.scrollBy(way(box.left, box.right, room.left, room.right),
        way(box.top, box.bottom, room.top, room.bottom));
    };
    const walk = () => {
      const last = Math.max(...nodes.map(node => node.turn));
      state.step = state.step === null ? 0 : state.step >= last ? null : state.step + 1;
      const k = nodes.findIndex(node => node.turn === state.step);
      if (k >= 0) { state.selected = k; reveal(k); }
      $("back").textContent = state.step === last ? "End of the way back" : "Step backward";
      show();
    };
    const begin = () => {
      program.start(v);
      state.curve = [];
      state.step = null;
      $("line").setAttribute("d", "");
      ["steps", "high", "low"].forEach(id => { $(id).textContent = ""; });
      $("back").textContent = "Step backward";
    };

    handles.forEach((h, k) => {
      const label = document.createElement("label");
      h.field = document.createElement("input");
      h.field.type = "number";
      h.field.step = "any";
      label.append(h.name + " ", h.field);
      $("fields").append(label);
      h.field.addEventListener("input", () => {
        if (h.field.value !== "" && Number.isFinite(Number(h.field.value))) move(h, Number(h.field.value));
      });
      const option = document.createElement("option");
      option.value = k;
      option.textContent = h.name;
      $("nudged").append(option);
    });
    nodes.forEach((node, k) => {
      const group = $("n" + k);
      group.setAttribute("tabindex", "0");
      group.setAttribute("role", "button");
      group.addEventListener("click", () => select(k));
      group.addEventListener("keydown", event => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); select(k); }
      });
      const h = handles.find(h => h.index === null && h.at === node.value);
      if (h) draggable(group, h);
    });
    const playing = () => {
      if (!state.playing) return;
      descend();
      requestAnimationFrame(playing);
    };
    $("back").addEventListener("click", walk);
    $("reset").addEventListener("click", () => { begin(); update(); });
    $("descend").addEventListener("click", descend);
    $("play").addEventListener("click", () => {
      state.playing = !state.playing;
      $("play").textContent = state.playing ? "Stop" : "Run";
      playing();
    });
    $("nudged").addEventListener("change", nudge);
    $("amount").addEventListener("input", nudge);
    document.querySelectorAll(".live").forEach(element => { element.hidden = false; });
    $("drag").hidden = !document.querySelector(".movable");
    begin();
    recall();
    compute();
    show();
    """#
}
