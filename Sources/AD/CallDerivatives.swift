import BPIR

/// The functions that compute derivatives of called functions, by what calls of them need.
struct CallDerivatives {
  /// A call whose derivative is wanted.
  struct Call: Hashable {
    /// The number of the function that is called.
    let callee: Int
    /// How the derivatives that are handed in come: in reverse mode those of the results, in forward
    /// mode those of the parameters; nil where there is none.
    let given: [CarriedDerivative?]
    /// In reverse mode the parameters whose derivatives are wanted.
    var wanted: [Int] = []
  }

  /// A function that computes derivatives of a call.
  struct Rule {
    /// Its number among the callees.
    let number: Int
    /// How the derivatives come that it hands out; nil for one that is zero.
    let forms: [CarriedDerivative?]
    /// The types of what it returns.
    let types: [ValueType]
  }

  var pullbacks: [Call: Rule] = [:]
  var pushforwards: [Call: Rule] = [:]
}

extension CarriedDerivative {
  /// Returns the forms of the derivatives of values of `types`.
  static func forms(of derivatives: [Derivative?], _ types: [ValueType]) -> [Self?] {
    zip(derivatives, types).map { derivative, type in
      derivative.map { Self(type: type, isMasked: $0.mask.whole != nil) }
    }
  }

  /// Adds parameters that hand such a derivative in, and returns it.
  func given(_ name: String, in builder: inout Builder) -> Derivative {
    let value = builder.function.addParameter(name, type)
    guard isMasked else { return Derivative(value: value) }
    let counts = builder.function.addParameter("\(name)Counts", .boolean)
    return Derivative(value: value, mask: Mask(whole: counts))
  }
}

extension Builder {
  /// Returns the values that hand `derivatives` in or out in their `forms`.
  mutating func handed(_ derivatives: [Derivative?], _ forms: [CarriedDerivative?]) -> [Value] {
    var values: [Value] = []
    for (derivative, form) in zip(derivatives, forms) {
      values += form?.values(derivative, in: &self) ?? []
    }
    return values
  }

  /// Calls what computes a derivative, and returns the derivatives that it hands out.
  mutating func call(_ rule: CallDerivatives.Rule, _ arguments: [Value]) -> [Derivative?] {
    var results = call(rule.number, arguments, returning: rule.types)[...]
    return rule.forms.map { $0?.taken(from: &results) }
  }

  /// Makes `rule` of a function that was built with these callees and more.
  mutating func adopt(_ other: Builder, _ forms: [CarriedDerivative?]) -> CallDerivatives.Rule {
    var made = other.function
    function.callees = made.callees
    made.callees = []
    function.callees.append(made)
    return CallDerivatives.Rule(
      number: function.callees.count - 1, forms: forms, types: made.resultTypes)
  }
}
