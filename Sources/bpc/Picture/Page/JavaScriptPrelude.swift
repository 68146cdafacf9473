import BPIR

extension JavaScript {
  /// Returns the functions that `text` calls, and those that they call, each before its first use.
  static func prelude(for text: String) -> String {
    var needed: [String] = []
    var seen: Set<String> = []
    var texts = [text]
    while let text = texts.popLast() {
      for name in calledNames(text) where definitions[name] != nil && seen.insert(name).inserted {
        needed.append(name)
        texts.append(definitions[name] ?? "")
      }
    }
    return needed.sorted().compactMap { definitions[$0] }.joined(separator: "\n")
  }

  /// Returns the words of `text`, among which are the names of the functions that it calls.
  private static func calledNames(_ text: String) -> [String] {
    text.utf8.split { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        false
      default: true
      }
    }.compactMap { String($0) }
  }

  /// The functions by name.
  private static let definitions: [String: String] = {
    var definitions: [String: String] = [:]
    for op in Op.allCases {
      if let text = definition(op) { definitions["f_\(op.info.name)"] = text }
    }
    for text in numberFunctions + arrayFunctions {
      definitions[String(text.dropFirst(6).prefix { $0 != " " })] = text
    }
    return definitions
  }()

  /// Functions of numbers that JavaScript lacks, or has another meaning for.
  private static let numberFunctions = [
    "const least = (a, b) => a < b || a !== a ? a : b;",
    "const largest = (a, b) => a > b || a !== a ? a : b;",
    "const f_fmod = (a, b) => a % b;",
    "const f_mod = (a, b) => { const r = a % b; return r !== 0 && r < 0 !== b < 0 ? r + b : r; };",
    """
    const f_pow = (x, p) => x === 1 || p === 0 || (x === -1 && Math.abs(p) === Infinity) ? 1 \
    : Math.pow(x, p);
    """,
    """
    const f_integer_power = (x, k) => {
      if (Math.abs(k) > 64) return f_pow(x, k);
      let y = 1;
      for (let e = Math.abs(k); e >= 1; e = Math.floor(e / 2), x *= x) if (e % 2 === 1) y *= x;
      return k < 0 ? 1 / y : y;
    };
    """,
    """
    const f_round = x => {
      const low = Math.floor(x), rest = x - low;
      return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : rest >= 0.5 ? low + 1 : x;
    };
    """,
    "const f_exp2 = x => Math.pow(2, x);",
    "const f_hypot = (a, b) => a !== a || b !== b ? NaN : Math.hypot(a, b);",
    "const f_tanh_of_half = x => Math.tanh(x / 2);",
    """
    const f_erf = x => {
      if (Math.abs(x) > 2) return x < 0 ? f_erfc(-x) - 1 : 1 - f_erfc(x);
      let term = x, sum = x;
      for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) sum += term *= 2 * x * x / (2 * n + 1);
      return 1.1283791670955126 * Math.exp(-x * x) * sum;
    };
    """,
    """
    const f_erfc = x => {
      if (!(x > 2)) return x === x ? 1 - f_erf(x) : x;
      let tail = 0;
      for (let n = 120; n > 0; n--) tail = n / 2 / (x + tail);
      return Math.exp(-x * x) / (x + tail) * 0.5641895835477563;
    };
    """,
    """
    const f_lgamma = x => {
      if (x <= 0) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * (x % 2)))) - f_lgamma(1 - x);
      if (x === Infinity || x !== x) return x;
      let product = 1;
      for (; x < 12; x++) product *= x;
      const w = 1 / (x * x);
      const series = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
      const tail = series.reduceRight((t, c) => t * w + c, 0) / x;
      return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + tail - Math.log(product);
    };
    """,
    """
    const f_polygamma = (n, x) => {
      if (x <= 0 && x === Math.floor(x)) return NaN;
      let factorial = 1, sum = 0;
      for (let i = 2; i <= n; i++) factorial *= i;
      const sign = n % 2 === 1 ? 1 : -1;
      for (; x < n + 16; x++) sum += n === 0 ? -1 / x : sign * factorial / Math.pow(x, n + 1);
      const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510];
      if (n === 0) {
        const terms = bernoulli.map((b, k) => b / (2 * k + 2) / Math.pow(x, 2 * k + 2));
        return sum + Math.log(x) - 0.5 / x - terms.reduceRight((a, b) => a + b, 0);
      }
      let tail = factorial / n / Math.pow(x, n) + factorial / 2 / Math.pow(x, n + 1);
      let rising = factorial * (n + 1) / 2;
      bernoulli.forEach((b, k) => {
        tail += b * rising / Math.pow(x, n + 2 * k + 2);
        rising *= (n + 2 * k + 2) * (n + 2 * k + 3) / ((2 * k + 3) * (2 * k + 4));
      });
      return sum + sign * tail;
    };
    """,
    """
    const f_sinc_derivative = (n, x) => {
      if (Math.abs(x) === Infinity || (x === 0 && n % 2 === 1)) return 0;
      const size = Math.abs(x), z = Math.PI * size, part = size % 2;
      const halves = Math.round(2 * part), angle = Math.PI * (part - halves / 2);
      const s = Math.sin(angle), c = Math.cos(angle), turn = [s, c, -s, -c];
      const wave = k => turn[(halves + k) % 4];
      let g = 0;
      if (z > n + 1) {
        for (let k = 0; k <= n; k++) g = (wave(k) - k * g) / z;
      } else {
        for (let k = n + 40; k >= n; k--) g = (wave(k + 1) - z * g) / (k + 1);
      }
      const y = g * Math.pow(Math.PI, n);
      return x < 0 && n % 2 === 1 ? -y : y;
    };
    """,
  ]
}
