/* Values and gradients as one writes them by hand: one pass, nothing allocated, each exp computed
   once; right at the edges where the emitted functions are. Each returns the value. */
#ifndef BASELINES_H
#define BASELINES_H

double c_exp_loop(const double *x, long count);
double c_sigmoid(double a, double b, double c, double *gradient);
double c_network(const double *x, const double *y, const double *W1, const double *b1,
                 const double *W2, const double *b2, const double *W3, const double *b3,
                 double *dW1, double *db1, double *dW2, double *db2, double *dW3, double *db3);
double c_rosenbrock(const double *x, long n, double *dx);
double c_mixture(const double *alphas, const double *means, const double *icf, const double *x,
                 long n, double gamma, double m, double *dalphas, double *dmeans, double *dicf);
void c_reprojection(const double *parameters, const double *seen, double *error, double *jacobian);
double c_lorenz(const double *parameters, long steps, double *saved, double *gradient);
double c_building(const double *parameters, double goal, long steps, double *saved,
                  double *gradient);

#endif
