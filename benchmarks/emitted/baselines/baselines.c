#include "baselines.h"
#include <math.h>
#include <string.h>

double c_exp_loop(const double *x, long count) {
  double sum = 0;
  for (long i = 0; i < count; i++) sum += exp(x[i]);
  return sum;
}

/* The derivatives with respect to c, a, b. */
double c_sigmoid(double a, double b, double c, double *gradient) {
  double s = a + b, z = c * s;
  double e = exp(-fabs(z));
  double tail = e / (1 + e), rest = 1 - tail;
  double slope = tail * rest;
  gradient[0] = slope * s;
  gradient[1] = gradient[2] = slope * c;
  return z >= 0 ? rest : tail;
}

static inline double sigmoid(double z, double *slope) {
  double e = exp(-fabs(z));
  double tail = e / (1 + e), rest = 1 - tail;
  *slope = tail * rest;
  return z >= 0 ? rest : tail;
}

double c_network(const double *x, const double *y, const double *W1, const double *b1,
                 const double *W2, const double *b2, const double *W3, const double *b3,
                 double *dW1, double *db1, double *dW2, double *db2, double *dW3, double *db3) {
  double a1[3], s1[3], a2[5], s2[5], loss = 0;
  for (int i = 0; i < 3; i++) {
    double z = b1[i];
    for (int j = 0; j < 5; j++) z += W1[5 * i + j] * x[j];
    s1[i] = z > 0 ? 1 : 0.1;
    a1[i] = s1[i] * z;
  }
  for (int i = 0; i < 5; i++) {
    double z = b2[i];
    for (int j = 0; j < 3; j++) z += W2[3 * i + j] * a1[j];
    a2[i] = sigmoid(z, &s2[i]);
  }
  double d2[5] = {0}, d1[3] = {0};
  for (int i = 0; i < 4; i++) {
    double z = b3[i], slope;
    for (int j = 0; j < 5; j++) z += W3[5 * i + j] * a2[j];
    double error = sigmoid(z, &slope) - y[i];
    loss += error * error;
    double d = 0.5 * error * slope;
    db3[i] = d;
    for (int j = 0; j < 5; j++) {
      dW3[5 * i + j] = d * a2[j];
      d2[j] += d * W3[5 * i + j];
    }
  }
  for (int i = 0; i < 5; i++) {
    double d = d2[i] * s2[i];
    db2[i] = d;
    for (int j = 0; j < 3; j++) {
      dW2[3 * i + j] = d * a1[j];
      d1[j] += d * W2[3 * i + j];
    }
  }
  for (int i = 0; i < 3; i++) {
    double d = d1[i] * s1[i];
    db1[i] = d;
    for (int j = 0; j < 5; j++) dW1[5 * i + j] = d * x[j];
  }
  return loss * 0.25;
}

double c_rosenbrock(const double *x, long n, double *dx) {
  double sum = 0, carried = 0;
  for (long i = 0; i < n - 1; i++) {
    double rise = x[i + 1] - x[i] * x[i], rest = 1 - x[i];
    sum += 100 * rise * rise + rest * rest;
    double d = 200 * rise;
    dx[i] = carried - 2 * x[i] * d - 2 * rest;
    carried = d;
  }
  dx[n - 1] = carried;
  return sum;
}

enum { D = 10, K = 25, L = D * (D - 1) / 2, ROW = D + L };

double c_mixture(const double *alphas, const double *means, const double *icf, const double *x,
                 long n, double gamma, double m, double *dalphas, double *dmeans, double *dicf) {
  double diagonal[K][D], weight[K], product[K][D], exponent[K];
  double likelihood = 0, squares = 0, logarithms = 0;
  memset(dalphas, 0, K * sizeof(double));
  memset(dmeans, 0, K * D * sizeof(double));
  memset(dicf, 0, K * ROW * sizeof(double));
  for (int k = 0; k < K; k++) {
    double sum = 0;
    for (int i = 0; i < D; i++) {
      diagonal[k][i] = exp(icf[k * ROW + i]);
      sum += icf[k * ROW + i];
    }
    weight[k] = alphas[k] + sum;
    logarithms += sum;
  }
  for (long p = 0; p < n; p++) {
    double largest = -INFINITY, total = 0, shift[K][D];
    for (int k = 0; k < K; k++) {
      const double *below = icf + k * ROW + D;
      for (int i = 0; i < D; i++) shift[k][i] = x[p * D + i] - means[k * D + i];
      for (int i = 0; i < D; i++) product[k][i] = diagonal[k][i] * shift[k][i];
      for (int j = 0; j < D; j++)
        for (int i = j + 1; i < D; i++) product[k][i] += *below++ * shift[k][j];
      double distance = 0;
      for (int i = 0; i < D; i++) distance += product[k][i] * product[k][i];
      exponent[k] = weight[k] - 0.5 * distance;
      if (exponent[k] > largest) largest = exponent[k];
    }
    double base = isinf(largest) ? 0 : largest;
    for (int k = 0; k < K; k++) total += exponent[k] = exp(exponent[k] - base);
    likelihood += base + log(total);
    double divisor = total == 0 ? 1 : total;
    for (int k = 0; k < K; k++) {
      double d = exponent[k] / divisor;
      double *dbelow = dicf + k * ROW + D;
      const double *below = icf + k * ROW + D;
      dalphas[k] += d;
      for (int i = 0; i < D; i++) product[k][i] *= -d;
      for (int j = 0; j < D; j++) {
        double sum = diagonal[k][j] * product[k][j];
        dicf[k * ROW + j] += product[k][j] * shift[k][j];
        for (int i = j + 1; i < D; i++) {
          *dbelow++ += product[k][i] * shift[k][j];
          sum += *below++ * product[k][i];
        }
        dmeans[k * D + j] -= sum;
      }
    }
  }
  double largest = -INFINITY, total = 0;
  for (int k = 0; k < K; k++)
    if (alphas[k] > largest) largest = alphas[k];
  double base = isinf(largest) ? 0 : largest;
  for (int k = 0; k < K; k++) total += exponent[k] = exp(alphas[k] - base);
  double factor = gamma * gamma;
  for (int k = 0; k < K; k++) {
    for (int i = 0; i < D; i++) {
      double *d = &dicf[k * ROW + i];
      *d = *d * diagonal[k][i] + dalphas[k] - m + factor * diagonal[k][i] * diagonal[k][i];
      squares += diagonal[k][i] * diagonal[k][i];
    }
    for (int i = D; i < ROW; i++) {
      double below = icf[k * ROW + i];
      dicf[k * ROW + i] += factor * below;
      squares += below * below;
    }
    dalphas[k] -= n * exponent[k] / (total == 0 ? 1 : total);
  }
  return likelihood - n * (base + log(total)) + 0.5 * factor * squares - m * logarithms;
}

/* Parameters: rotation, centre, focal length, principal point, distortion, point, weight. */
void c_reprojection(const double *parameters, const double *seen, double *error, double *jacobian) {
  const double *r = parameters, *center = r + 3, *principal = r + 7, *distortion = r + 9;
  const double *point = r + 11;
  double focal = r[6], weight = r[14];
  double d[3] = {point[0] - center[0], point[1] - center[1], point[2] - center[2]};
  double square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
  double R[3][3], T[3][3], turned[3]; /* by the point, by the rotation */
  if (square == 0) {
    turned[0] = d[0] + r[1] * d[2] - r[2] * d[1];
    turned[1] = d[1] + r[2] * d[0] - r[0] * d[2];
    turned[2] = d[2] + r[0] * d[1] - r[1] * d[0];
    R[0][0] = R[1][1] = R[2][2] = 1;
    R[0][1] = -r[2], R[0][2] = r[1];
    R[1][0] = r[2], R[1][2] = -r[0];
    R[2][0] = -r[1], R[2][1] = r[0];
    T[0][0] = T[1][1] = T[2][2] = 0;
    T[0][1] = d[2], T[0][2] = -d[1];
    T[1][0] = -d[2], T[1][2] = d[0];
    T[2][0] = d[1], T[2][1] = -d[0];
  } else {
    double angle = sqrt(square), inverse = 1 / angle, c = cos(angle), s = sin(angle), t = 1 - c;
    double a[3] = {r[0] * inverse, r[1] * inverse, r[2] * inverse};
    double cross[3] = {a[1] * d[2] - a[2] * d[1], a[2] * d[0] - a[0] * d[2],
                       a[0] * d[1] - a[1] * d[0]};
    double along = a[0] * d[0] + a[1] * d[1] + a[2] * d[2];
    double by_angle[3], sa[3] = {s * a[0], s * a[1], s * a[2]};
    for (int i = 0; i < 3; i++) {
      turned[i] = d[i] * c + cross[i] * s + a[i] * (along * t);
      by_angle[i] = cross[i] * c - d[i] * s + sa[i] * along;
      for (int j = 0; j < 3; j++) R[i][j] = t * a[i] * a[j];
      R[i][i] += c;
    }
    R[0][1] -= sa[2], R[0][2] += sa[1];
    R[1][0] += sa[2], R[1][2] -= sa[0];
    R[2][0] -= sa[1], R[2][1] += sa[0];
    /* By the axis: s (e × d) + t (along e + a d'), then what is along the axis is taken away. */
    double ti = t * inverse, si = s * inverse;
    double A[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) A[i][j] = ti * a[i] * d[j];
      A[i][i] += ti * along;
    }
    A[0][1] += si * d[2], A[0][2] -= si * d[1];
    A[1][0] -= si * d[2], A[1][2] += si * d[0];
    A[2][0] += si * d[1], A[2][1] -= si * d[0];
    for (int i = 0; i < 3; i++) {
      double rest = by_angle[i] - (A[i][0] * a[0] + A[i][1] * a[1] + A[i][2] * a[2]);
      for (int j = 0; j < 3; j++) T[i][j] = A[i][j] + rest * a[j];
    }
  }
  double depth = 1 / turned[2], u = turned[0] * depth, v = turned[1] * depth;
  double radius = u * u + v * v, radius2 = radius * radius;
  double scale = 1 + distortion[0] * radius + distortion[1] * radius2;
  double slope = 2 * (distortion[0] + 2 * distortion[1] * radius);
  double both = weight * focal;
  double uu = both * (scale + slope * u * u), vv = both * (scale + slope * v * v);
  double uv = both * (slope * u * v);
  double rows[2][3] = {{uu * depth, uv * depth, -(uu * u + uv * v) * depth},
                       {uv * depth, vv * depth, -(uv * u + vv * v) * depth}};
  double flat[2] = {u, v};
  for (int i = 0; i < 2; i++) {
    double *row = jacobian + 15 * i;
    for (int j = 0; j < 3; j++) {
      row[j] = rows[i][0] * T[0][j] + rows[i][1] * T[1][j] + rows[i][2] * T[2][j];
      row[11 + j] = rows[i][0] * R[0][j] + rows[i][1] * R[1][j] + rows[i][2] * R[2][j];
      row[3 + j] = -row[11 + j];
    }
    double distorted = flat[i] * scale;
    row[6] = weight * distorted;
    row[7] = i == 0 ? weight : 0;
    row[8] = i == 1 ? weight : 0;
    row[9] = both * flat[i] * radius;
    row[10] = both * flat[i] * radius2;
    row[14] = principal[i] + focal * distorted - seen[i];
    error[i] = weight * row[14];
  }
}

/* Parameters: x, y, z, σ, ρ, β. Four states are saved for each step. */
double c_lorenz(const double *parameters, long steps, double *saved, double *gradient) {
  double x = parameters[0], y = parameters[1], z = parameters[2];
  const double s = parameters[3], r = parameters[4], b = parameters[5];
  const double dt = 0.0005, half = dt / 2, sixth = dt / 6;
  for (long step = 0; step < steps; step++) {
    double *f = saved + 12 * step;
    f[0] = x, f[1] = y, f[2] = z;
    double p1 = s * (y - x), q1 = x * (r - z) - y, w1 = x * y - b * z;
    double x2 = x + half * p1, y2 = y + half * q1, z2 = z + half * w1;
    f[3] = x2, f[4] = y2, f[5] = z2;
    double p2 = s * (y2 - x2), q2 = x2 * (r - z2) - y2, w2 = x2 * y2 - b * z2;
    double x3 = x + half * p2, y3 = y + half * q2, z3 = z + half * w2;
    f[6] = x3, f[7] = y3, f[8] = z3;
    double p3 = s * (y3 - x3), q3 = x3 * (r - z3) - y3, w3 = x3 * y3 - b * z3;
    double x4 = x + dt * p3, y4 = y + dt * q3, z4 = z + dt * w3;
    f[9] = x4, f[10] = y4, f[11] = z4;
    double p4 = s * (y4 - x4), q4 = x4 * (r - z4) - y4, w4 = x4 * y4 - b * z4;
    x += sixth * (p1 + 2 * p2 + 2 * p3 + p4);
    y += sixth * (q1 + 2 * q2 + 2 * q3 + q4);
    z += sixth * (w1 + 2 * w2 + 2 * w3 + w4);
  }
  double dx = 1, dy = 0, dz = 0, ds = 0, dr = 0, db = 0;
#define STAGE(at, p, q, w, ex, ey, ez)                                                           \
  ds += p * (f[at + 1] - f[at]);                                                                  \
  dr += q * f[at];                                                                                \
  db -= w * f[at + 2];                                                                            \
  double ex = q * (r - f[at + 2]) - s * p + w * f[at + 1];                                        \
  double ey = s * p - q + w * f[at];                                                              \
  double ez = -(q * f[at]) - b * w;
  for (long step = steps - 1; step >= 0; step--) {
    const double *f = saved + 12 * step;
    double p = sixth * dx, q = sixth * dy, w = sixth * dz;
    STAGE(9, p, q, w, x4, y4, z4)
    double p3 = 2 * p + dt * x4, q3 = 2 * q + dt * y4, w3 = 2 * w + dt * z4;
    STAGE(6, p3, q3, w3, x3, y3, z3)
    double p2 = 2 * p + half * x3, q2 = 2 * q + half * y3, w2 = 2 * w + half * z3;
    STAGE(3, p2, q2, w2, x2, y2, z2)
    double p1 = p + half * x2, q1 = q + half * y2, w1 = w + half * z2;
    STAGE(0, p1, q1, w1, x1, y1, z1)
    dx += x1 + x2 + x3 + x4;
    dy += y1 + y2 + y3 + y4;
    dz += z1 + z2 + z3 + z4;
  }
  gradient[0] = dx, gradient[1] = dy, gradient[2] = dz;
  gradient[3] = ds, gradient[4] = dr, gradient[5] = db;
  return x;
}

/* Parameters in the order of examples/building.bp. */
double c_building(const double *v, double goal, long steps, double *saved, double *gradient) {
  const double dt = 0.1, pi = 3.141592653589793;
  double spacing = v[0], diameter = v[1], thickness = v[2], resistivity = v[3], area = v[5];
  double floor_heat = v[6], floor_density = v[7], floor_thickness = v[8];
  double flow = v[11], density = v[12], heat = v[13];
  double tank_volume = v[15], tank_heat = v[16], tank_density = v[17];
  double conductance = flow * density * heat; /* from the tank to the water */
  double by_tank = dt / (tank_heat * tank_volume * tank_density);
  double by_water = dt / (heat * (flow * dt * density));
  double surface = area / spacing * pi * diameter;
  double by_surface = surface / (10 * resistivity * thickness);
  double by_floor = dt / (floor_heat * (area * floor_thickness * floor_density));
  double floor = v[4], water = v[10], tank = v[14];
  for (long step = 0; step < steps; step++) {
    double difference = tank - water, power = difference * conductance;
    tank += power * by_tank;
    water += power * by_water;
    double below = floor - water, lost = below * by_surface;
    floor -= lost * by_floor;
    water += lost * by_water;
    saved[2 * step] = difference;
    saved[2 * step + 1] = below;
  }
  double loss = fabs(floor - goal);
  double dfloor = floor > goal ? 1 : floor < goal ? -1 : floor - goal, dwater = 0, dtank = 0;
  double dconductance = 0, dby_tank = 0, dby_water = 0, dby_surface = 0, dby_floor = 0;
  for (long step = steps - 1; step >= 0; step--) {
    double difference = saved[2 * step], below = saved[2 * step + 1];
    double lost = below * by_surface, power = difference * conductance;
    double dlost = dwater * by_water - dfloor * by_floor;
    dby_water += dwater * lost;
    dby_floor -= dfloor * lost;
    dby_surface += dlost * below;
    double dbelow = dlost * by_surface;
    dfloor += dbelow;
    dwater -= dbelow;
    double dpower = dwater * by_water + dtank * by_tank;
    dby_water += dwater * power;
    dby_tank += dtank * power;
    dconductance += dpower * difference;
    double ddifference = dpower * conductance;
    dtank += ddifference;
    dwater -= ddifference;
  }
  double water_share = dby_water * by_water, tank_share = dby_tank * by_tank;
  double surface_share = dby_surface * by_surface, floor_share = dby_floor * by_floor;
  double flow_share = dconductance * conductance;
  gradient[0] = -surface_share / spacing;
  gradient[1] = surface_share / diameter;
  gradient[2] = -surface_share / thickness;
  gradient[3] = -surface_share / resistivity;
  gradient[4] = dfloor;
  gradient[5] = (surface_share - floor_share) / area;
  gradient[6] = -floor_share / floor_heat;
  gradient[7] = -floor_share / floor_density;
  gradient[8] = -floor_share / floor_thickness;
  gradient[9] = 0;
  gradient[10] = dwater;
  gradient[11] = (flow_share - water_share) / flow;
  gradient[12] = (flow_share - water_share) / density;
  gradient[13] = (flow_share - water_share) / heat;
  gradient[14] = dtank;
  gradient[15] = -tank_share / tank_volume;
  gradient[16] = -tank_share / tank_heat;
  gradient[17] = -tank_share / tank_density;
  gradient[18] = 0;
  return loss;
}
