# The reference for EmploymentEqualsRTests: Aalen-Johansen of the same clients, and the difference of arms.
suppressMessages({library(survival); library(clubSandwich)})
out <- function(name, value) cat(name, " ", sprintf("%.17g", as.numeric(value)), "\n", sep = "")

d <- read.csv("clients.csv") # end: 0 open, 1 began, 2 died, 3 moved, 4 closed
d$state <- factor(d$end, levels = 0:4)
for (arm in 0:1) {
    aj <- survfit(Surv(time, state) ~ 1, data = d[d$arm == arm, ])
    at <- function(months) summary(aj, times = months, extend = TRUE)$pstate[1, ]
    for (months in c(3, 6, 12)) out(paste0("began.", months, ".", arm), at(months)[2])
    out(paste0("died.12.", arm), at(12)[3])
    out(paste0("moved.12.", arm), at(12)[4])
    out(paste0("closed.12.", arm), at(12)[5])
    out(paste0("waiting.20.", arm), at(20)[1])
}
d$began <- pseudo(survfit(Surv(time, state) ~ arm, data = d), times = 12, type = "pstate")[, 2]
m <- lm(began ~ arm, data = d)
t <- coef_test(m, vcov = vcovCR(m, cluster = d$cluster, type = "CR2"), test = "Satterthwaite")
out("difference.estimate", t$beta[2])
out("difference.df", t$df_Satt[2])
out("difference.p", t$p_Satt[2])
out("difference.low", t$beta[2] - qt(0.975, t$df_Satt[2]) * t$SE[2])
