"""Makes golden.json beside it: BG/NBD and Gamma-Gamma by another implementation (scipy, mpmath), on a table drawn here.

Independent of the product: the likelihoods are written with gamma and beta functions as in the papers (Fader, Hardie, Lee
2005, equation 6; Fader, Hardie 2013, over single amounts), maximised by BFGS and Nelder-Mead, differentiated by mpmath at 40 digits; the
expectation is the paper's hypergeometric formula at 40 digits.
"""
import json
import math
import os

import mpmath as mp
import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

mp.mp.dps = 40
rng = np.random.default_rng(20261122)


def draw(customers):
    rows = []
    for _ in range(customers):
        rate = rng.gamma(0.6, 1 / 9.0)
        leave = rng.beta(0.9, 2.6)
        age = round(float(rng.uniform(20, 40)) * 7) / 7
        t, x, last = 0.0, 0, 0.0
        while True:
            t += rng.exponential(1 / rate)
            if t > age:
                break
            x, last = x + 1, t
            if rng.random() < leave:
                break
        amounts = rng.gamma(4.0, 1 / rng.gamma(3.5, 1 / 2500.0), x + 1)
        rows.append((x, round(last, 4), round(age, 4), round(float(np.mean(amounts)), 2), round(float(np.sum(np.log(amounts))), 6)))
    return rows


rows = draw(160)
x, tx, T, z, logs = (np.array(column, dtype=float) for column in zip(*rows))


def bgnbd(log_parameters):
    r, alpha, a, b = np.exp(log_parameters)
    head = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    here = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + T)
    with np.errstate(invalid="ignore", divide="ignore"):
        left = betaln(a + 1, b + x - 1) - betaln(a, b) - (r + x) * np.log(alpha + tx)
    return -np.sum(head + np.where(x > 0, np.logaddexp(here, np.where(x > 0, left, 0)), here))


best = None
for start in ([0, 1, 0, 1], [-1, 2, -0.5, 0.5], [0.5, 3, 0.5, 1.5]):
    found = minimize(bgnbd, start, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 20000, "maxfev": 20000})
    found = minimize(bgnbd, found.x, method="BFGS", options={"gtol": 1e-9})
    if best is None or found.fun < best.fun:
        best = found


def exact(r, alpha, a, b):
    total = mp.mpf(0)
    for n, last, age, _, _ in rows:
        head = mp.loggamma(r + n) - mp.loggamma(r) + r * mp.log(alpha)
        ratio = mp.beta(a, b + n) / mp.beta(a, b) * (alpha + age) ** (-(r + n))
        if n > 0:
            ratio += mp.beta(a + 1, b + n - 1) / mp.beta(a, b) * (alpha + last) ** (-(r + n))
        total += head + mp.log(ratio)
    return total


point = [mp.mpf(float(v)) for v in np.exp(best.x)]
step = mp.mpf(10) ** -10
# Newton from there at 40 digits, so that the point is the maximum itself.
for _ in range(2):
    gradient = mp.matrix([mp.diff(exact, tuple(point), tuple(1 if i == j else 0 for j in range(4)), h=step) for i in range(4)])
    hessian = mp.matrix(4, 4)
    for i in range(4):
        for j in range(4):
            order = [0, 0, 0, 0]
            order[i] += 1
            order[j] += 1
            hessian[i, j] = mp.diff(exact, tuple(point), tuple(order), h=step)
    move = mp.lu_solve(hessian, gradient)
    point = [point[i] - move[i] for i in range(4)]
covariance = (-hessian) ** -1
errors = [mp.sqrt(covariance[i, i]) for i in range(4)]


def expected(parameters, n, last, age, horizon):
    r, alpha, a, b = (mp.mpf(v) for v in parameters)
    n, last, age, horizon = mp.mpf(n), mp.mpf(last), mp.mpf(age), mp.mpf(horizon)
    if a == 1:
        a += mp.mpf(10) ** -20
    top = (a + b + n - 1) / (a - 1) * (1 - ((alpha + age) / (alpha + age + horizon)) ** (r + n) * mp.hyp2f1(r + n, b + n, a + b + n - 1, horizon / (alpha + age + horizon)))
    odds = a / (b + n - 1) * ((alpha + age) / (alpha + last)) ** (r + n) if n > 0 else mp.mpf(0)
    return float(top / (1 + odds)), float(1 / (1 + odds))


cases = [
    ((0.2426, 4.4135, 0.7929, 2.4258), 2, 30.43, 38.86, 39),
    ((0.2426, 4.4135, 0.7929, 2.4258), 0, 0, 38.86, 39),
    ((0.25, 4, 1, 2.5), 7, 22.2, 38.86, 39),
    ((1.2, 30, 0.01, 50), 200, 360, 365, 90),
    ((0.5, 2, 0.5, 3), 1500, 1000, 1000, 2000),
    ((3, 1, 0.8, 2), 0, 0, 0, 500),
    ((0.2, 10, 5, 5), 3, 10, 50, 1000),
    ((2, 5, 50, 1000), 30, 280, 300, 365),
]


def gamma_gamma(log_parameters):
    p, q, g = np.exp(log_parameters)
    n = x + 1
    return -np.sum(gammaln(p * n + q) - n * gammaln(p) - gammaln(q) + q * np.log(g) + (p - 1) * logs - (p * n + q) * np.log(g + n * z))


spend = min(
    (minimize(gamma_gamma, start, method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-11, "maxiter": 20000, "maxfev": 20000}) for start in ([1, 1, 7], [2, 0.5, 6])),
    key=lambda found: found.fun,
)
p, q, g = np.exp(spend.x)
golden = {
    "rows": rows,
    "bgnbd": {
        "parameters": [float(v) for v in point],
        "standardErrors": [float(v) for v in errors],
        "logLikelihood": float(exact(*point)),
    },
    "expectations": [{"parameters": c[0], "history": c[1:4], "horizon": c[4], "expected": e, "alive": s} for c in cases for e, s in [expected(*c)]],
    "gammaGamma": {
        "parameters": [float(p), float(q), float(g)],
        "logLikelihood": float(-spend.fun),
        "means": [[n, mean, float(p * (g + n * mean) / (p * n + q - 1))] for n, mean in ((1, 1200.0), (3, 4000.0), (12, 2500.0))],
    },
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w") as file:
    json.dump(golden, file)
    file.write("\n")
print(golden["bgnbd"], golden["gammaGamma"])
