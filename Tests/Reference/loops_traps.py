"""Kinks, and what stands in branches that are not taken: it never makes a derivative NaN."""

from loops import case
from precise import *

inf = float("inf")
nan = float("nan")


@case("y = 0; for i in 0..<3 { y = y + (if x > 0 { sqrt(x) } else { i*x }) }; y", x=0.0)
def root_of_zero(x):
    return 3 * x


@case("y = 0; for i in 0..<3 { y = y + where(x > 0, sqrt(x), x^2) }; y", x=0.0)
def root_of_zero_under_where(x):
    return 3 * x * x


@case("y = 1; for i in 0..<3 { y = y*(if x > 0 { log(x) } else { 2 + x }) }; y", x=0.0)
def logarithm_of_zero(x):
    return (2 + x) ** 3


@case("y = 1; for i in 0..<3 { y = y*where(x > 0, log(x), 2 + x) }; y", x=-1.0)
def logarithm_of_a_negative_number(x):
    return (2 + x) ** 3


@case("s = sqrt(x); y = 1; for i in 0..<3 { if x > 0 { y = y*s } else { y = y + x } }; y", x=0.0)
def root_from_before_the_loop(x):
    return 1 + 3 * x


@case("y = 0; for i in 0..<3 { s = sqrt(x - i); y = y + (if x > i { s } else { x*i }) }; y", x=1.0)
def root_from_before_the_branch(x):
    return sqrt(x) + x + 2 * x


@case("y = 0; for i in 0..<4 { t = x - i; y = y + (if t != 0 { sin(t)/t } else { 1 }) }; y", x=2.0)
def quotient_at_its_gap(x):
    return sin(x) / x + sin(x - 1) / (x - 1) + 1 + sin(x - 3) / (x - 3)


@case("y = 0; for i in 0..<4 { if x > i { y = y + sqrt(x - i) } }; y", x=2.0)
def roots_until_zero(x):
    return sqrt(x) + sqrt(x - 1)


@case("y = x; t = x; while t > 1 { y = y + sqrt(t - 1); t = t - 1 }; y*t", x=1.0)
def trap_behind_a_while(x):
    return x * x


@case("y = x; t = x; while t > 1 { y = y + sqrt(t - 1); t = t - 1 }; y*t", x=3.0)
def root_in_the_last_turn(x):
    return (x + sqrt(x - 1) + sqrt(x - 2)) * (x - 2)


@case("y = 1; for i in 0..<3 { if x == i { break }; y = y*log(x - i) }; y + x", x=1.0)
def break_before_a_trap(x):
    return log(x) + x


@case("y = 1; for i in 0..<4 { if x <= i { continue }; y = y*log(x - i + 1) }; y + x", x=2.0)
def continue_before_a_trap(x):
    return log(x + 1) * log(x) + x


@case("f(a) = { for i in 0..<3 { if a == i { return a*2 }; a = a + sqrt(a)*0 }; 1/(a - 1) }; f(x)", x=1.0)
def return_before_a_trap(x):
    return 2 * x


@case("v = x; for i in 0..<2 { v = where(v > 0, sqrt(v), 0.5*v) }; sum(v)", x=[0.0, 4.0, -1.0])
def roots_of_a_vector(x):
    return Number(0.25) * x[0] + sqrt(sqrt(x[1])) + Number(0.25) * x[2]


@case("s = 0; for i in 0..<3 { if x[i] > 0 { s = s + x[i]*log(x[i]) } }; s", x=[0.0, 4.0, -1.0])
def entropy_with_zero(x):
    return x[1] * log(x[1])


@case("s = 0; for i in 0..<3 { s = s + relu(x - i) }; s^2", x=1.0)
def relu_at_its_kink(x):
    return x * x


@case("s = x; for i in 0..<3 { s = s*abs(x - i) + i }; s", x=1.0)
def abs_at_its_kink(x):
    y = x * abs(x - 0)
    y = y * Number(0) + 1
    return y * (2 - x) + 2


@case("m = x; for i in 0..<3 { m = max(m, y) }; m^2", x=1.5, y=1.5,
      expect=(2.25, [0.375, 2.625], [[0.03125, 0.21875], [0.21875, 1.53125]]))
def ties_in_turns(x, y):
    """Each turn halves what goes to x: an eighth is left."""


@case("m = x[0]; for i in 1..<3 { m = max(m, x[i]) }; m^2", x=[1.0, 3.0, 2.0])
def running_maximum(x):
    return x[1] ** 2


@case("y = x; for i in 0..<3 { y = if y > 1 { y*y } else { y + 0.5 } }; y", x=0.5)
def branch_at_its_boundary(x):
    return (x + 1) ** 2


@case("y = x; for i in 0..<3 { y = clamp(y*2, -1, 1) + 0.1*y }; y", x=0.3)
def clamp_in_turns(x):
    y = 2 * x + Number(0.1) * x
    for _ in range(2):
        z = y * 2
        y = (1 if z > 1 else z) + Number(0.1) * y
    return y


@case("y = x; for i in 0..<3 { y = y + floor(y)*0.5 + round(y*x) }; y", x=1.3)
def steps_in_turns(x):
    y = x
    for _ in range(3):
        k = next(k for k in range(100) if y < k + 1)
        z = y * x
        r = next(r for r in range(100) if z < r + 0.5)
        y = y + 0.5 * k + r
    return y


@case("y = 0; for i in 0..<3 { y = y + sqrt(x*i) }; y", x=0.0, hessian=False, expect=(0, [nan], []))
def root_of_zero_that_is_taken(x):
    """In the turn of 0 the chain rule says 0 times infinity."""


@case("y = 0; for i in 1..<3 { y = y + sqrt(x*i) }; y", x=0.0, hessian=False, expect=(0, [inf], []))
def infinite_slope_in_turns(x):
    pass


@case("y = x; for i in 0..<2 { y = log(y) }; y", x=0.5, hessian=False, expect=(nan, [nan], []))
def NaN_in_the_second_turn(x):
    pass


@case("y = 0; t = 1; for i in 0..<3 { if t < 1 { y = y + 1/(x - t) }; t = t - 0.5*x }; y", x=1.0)
def trap_of_the_first_turn(x):
    t = 1 - 0.5 * x
    return 1 / (x - t) + 1 / (x - t + 0.5 * x)


@case("y = x; for i in 0..<3 { z = x - 1; for j in 0..<i { y = y + (if z > 0 { z^0.5 } else { z }) } }; y", x=1.0)
def trap_in_an_inner_loop(x):
    return x + 3 * (x - 1)


@case("""
    f(t) = if t > 0 { exp(-1/t) } else { 0 }
    y = 0
    for i in 0..<4 { y = y + f(x - i)*(i + 1) }
    y
    """, x=2.0)
def smooth_step(x):
    return exp(-1 / x) + 2 * exp(-1 / (x - 1))


@case("y = 0; n = 0; for i in 0..<2 { n = norm(x*i); y = y + n }; y + sum(x)", x=[0.0, 0.0], hessian=False)
def norm_of_zero(x):
    return x[0] + x[1]


@case("y = 1; for i in 0..<4 { y = y*x[i] }; y", x=[2.0, 0.0, 3.0, 0.5])
def product_with_a_zero(x):
    return x[0] * x[1] * x[2] * x[3]


@case("y = 0; for i in 0..<3 { y = y + x^i }; y", x=0.0)
def powers_of_zero(x):
    return 1 + x + x * x


@case("y = 0; for i in 0..<3 { if i > 0 and 1/(x*i) > 1 { y = y + x*i } }; y", x=0.5)
def condition_that_stops_when_decided(x):
    return x


@case("y = x; i = 0; v = [1, 2, 3]; while i < 3 and v[i] < 3 { y = y*v[i]; i = i + 1 }; y*x", x=0.5)
def index_that_the_condition_guards(x):
    return 2 * x * x
