import BPIR

// What is differentiated as rows of an emitted Jacobian.

extension Objective {
  /// The names of what is differentiated as fields of a record: where a result has no name, it is called
  /// `result`.
  package var fields: [String] {
    var taken = Set(outputNames)
    return outputNames.map { name in
      let isName =
        name.first.map { $0.isLetter || $0 == "_" } == true
        && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      guard !isName else { return name }
      var field = "result"
      var number = 1
      while !taken.insert(field).inserted {
        number += 1
        field = "result\(number)"
      }
      return field
    }
  }

  /// What is differentiated as rows of a Jacobian.
  var rows: [SwiftRow] { zip(outputNames, fields).map { SwiftRow(name: $0, field: $1) } }
}
