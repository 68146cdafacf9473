// The vocabulary of the rules in `OpTable`: each function is the application of one operation.

func sqrt(_ x: Formula) -> Formula { .apply(.sqrt, [x]) }
func exp(_ x: Formula) -> Formula { .apply(.exp, [x]) }
func expm1(_ x: Formula) -> Formula { .apply(.expm1, [x]) }
func log(_ x: Formula) -> Formula { .apply(.log, [x]) }
func log1p(_ x: Formula) -> Formula { .apply(.log1p, [x]) }
func sin(_ x: Formula) -> Formula { .apply(.sin, [x]) }
func cos(_ x: Formula) -> Formula { .apply(.cos, [x]) }
func sinh(_ x: Formula) -> Formula { .apply(.sinh, [x]) }
func cosh(_ x: Formula) -> Formula { .apply(.cosh, [x]) }
func tanh(_ x: Formula) -> Formula { .apply(.tanh, [x]) }
func tanhOfHalf(_ x: Formula) -> Formula { .apply(.tanhOfHalf, [x]) }
func sechSquared(_ x: Formula) -> Formula { .apply(.sechSquared, [x]) }
func sigmoid(_ x: Formula) -> Formula { .apply(.sigmoid, [x]) }
func sigmoidSlope(_ x: Formula) -> Formula { .apply(.sigmoidSlope, [x]) }
func asinSlope(_ x: Formula) -> Formula { .apply(.asinSlope, [x]) }
func acoshSlope(_ x: Formula) -> Formula { .apply(.acoshSlope, [x]) }
func acoshCurvature(_ x: Formula) -> Formula { .apply(.acoshCurvature, [x]) }
func atanhSlope(_ x: Formula) -> Formula { .apply(.atanhSlope, [x]) }
func atan2Slope(_ a: Formula, _ b: Formula) -> Formula { .apply(.atan2Slope, [a, b]) }
func hypotSlope(_ a: Formula, _ b: Formula) -> Formula { .apply(.hypotSlope, [a, b]) }
func erfc(_ x: Formula) -> Formula { .apply(.erfc, [x]) }
func abs(_ x: Formula) -> Formula { .apply(.abs, [x]) }
func sign(_ x: Formula) -> Formula { .apply(.sign, [x]) }
func round(_ x: Formula) -> Formula { .apply(.round, [x]) }
func square(_ x: Formula) -> Formula { .apply(.square, [x]) }
func real(_ n: Formula) -> Formula { .apply(.real, [n]) }
func hypot(_ a: Formula, _ b: Formula) -> Formula { .apply(.hypot, [a, b]) }
func maximum(_ a: Formula, _ b: Formula) -> Formula { .apply(.maximum, [a, b]) }
func minimum(_ a: Formula, _ b: Formula) -> Formula { .apply(.minimum, [a, b]) }
func power(_ x: Formula, _ p: Formula) -> Formula { .apply(.power, [x, p]) }
func integerPower(_ x: Formula, _ k: Formula) -> Formula { .apply(.integerPower, [x, k]) }
func polygamma(_ n: Formula, _ x: Formula) -> Formula { .apply(.polygamma, [n, x]) }
func sincDerivative(_ n: Formula, _ x: Formula) -> Formula { .apply(.sincDerivative, [n, x]) }

/// Returns `a` where `condition` holds and `b` elsewhere. A zero arm is a mask: what is pulled back
/// through the other arm counts only where it was taken.
func choose(_ condition: Formula, _ a: Formula, _ b: Formula) -> Formula {
  .apply(.select, [condition, a, b])
}

func equal(_ a: Formula, _ b: Formula) -> Formula { .apply(.equal, [a, b]) }
func less(_ a: Formula, _ b: Formula) -> Formula { .apply(.less, [a, b]) }
func lessEqual(_ a: Formula, _ b: Formula) -> Formula { .apply(.lessEqual, [a, b]) }
func both(_ a: Formula, _ b: Formula) -> Formula { .apply(.and, [a, b]) }
func either(_ a: Formula, _ b: Formula) -> Formula { .apply(.or, [a, b]) }

/// The smaller one of sigmoid(x) and sigmoid(-x).
func smallerSigmoid(_ x: Formula) -> Formula { exp(-abs(x)) / (1 + exp(-abs(x))) }

/// Returns whether `x` is a number and not NaN.
func isNumber(_ x: Formula) -> Formula { equal(x, x) }

/// The order above `n`.
func successor(_ n: Formula) -> Formula { .apply(.add, [n, .integer(1)]) }
/// The order below `n`.
func predecessor(_ n: Formula) -> Formula { .apply(.subtract, [n, .integer(1)]) }
/// Not a number, the derivative where there is no value.
let nan = Formula.number(.nan)
