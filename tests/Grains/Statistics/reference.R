# The reference for EqualToRTests: what R's packages make of the same synthetic persons.
suppressMessages({library(survival); library(sandwich); library(clubSandwich)})
out <- function(name, value) cat(name, " ", sprintf("%.17g", as.numeric(value)), "\n", sep = "")

d <- read.csv("persons.csv")
one <- subset(d, arm == 1)

km <- survfit(Surv(time, end == 1) ~ 1, data = one, conf.type = "log-log")
at <- summary(km, times = c(3, 6, 9, 12), extend = TRUE)
for (i in 1:4) {
    out(paste0("km.", 3 * i), at$surv[i])
    out(paste0("km.low.", 3 * i), at$lower[i])
    out(paste0("km.high.", 3 * i), at$upper[i])
}
out("rmst", summary(km, rmean = 12)$table["rmean"])

aj <- summary(survfit(Surv(time, factor(end)) ~ 1, data = one), times = 12)
for (end in 1:3) out(paste0("aj.", end), aj$pstate[1, end + 1])

out("log.rank", survdiff(Surv(time, end == 1) ~ arm, data = d)$chisq)

compare <- function(name, model, cluster) {
    V <- vcovCR(model, cluster = cluster, type = "CR2")
    test <- coef_test(model, vcov = V, test = "Satterthwaite")
    out(paste0(name, ".estimate"), test$beta[2])
    out(paste0(name, ".error"), test$SE[2])
    out(paste0(name, ".df"), test$df_Satt[2])
    out(paste0(name, ".p"), test$p_Satt[2])
    out(paste0(name, ".low"), test$beta[2] - qt(0.975, test$df_Satt[2]) * test$SE[2])
}
d$rmst <- pseudo(survfit(Surv(time, end == 1) ~ arm, data = d), times = 12, type = "RMST")
compare("rmst.difference", lm(rmst ~ arm, data = d), d$cluster)
d$exited <- pseudo(survfit(Surv(time, factor(end)) ~ arm, data = d), times = 12, type = "pstate")[, 2]
compare("exit.difference", lm(exited ~ arm, data = d), d$cluster)
compare("change", lm(change ~ arm, data = d), d$cluster)

m <- aggregate(cbind(change, arm) ~ cluster, data = d, FUN = mean)
compare("unweighted", lm(change ~ arm, data = m), m$cluster)
mean1 <- lm(change ~ 1, data = one)
test <- coef_test(mean1, vcov = vcovCR(mean1, cluster = one$cluster, type = "CR2"), test = "Satterthwaite")
out("mean.error", test$SE[1])
out("mean.df", test$df_Satt[1])

studentised <- function(x, y) (mean(x) - mean(y)) / sqrt(var(x) / length(x) + var(y) / length(y))
treated <- which(m$arm == 1)
seen <- abs(studentised(m$change[treated], m$change[-treated]))
all <- combn(nrow(m), length(treated))
t <- apply(all, 2, function(i) abs(studentised(m$change[i], m$change[-i])))
out("permutation.p", mean(t >= seen * (1 - 1e-9)))

lead <- aggregate(cbind(change, time) ~ cluster, data = d, FUN = mean)
largest <- function(i) max(abs(studentised(lead$change[i], lead$change[-i])), abs(studentised(lead$time[i], lead$time[-i])))
out("permutation.largest.p", mean(apply(all, 2, largest) >= largest(treated) * (1 - 1e-9)))

s <- aggregate(cbind(n = 1, sum = change, arm = arm) ~ cluster, data = transform(d, n = 1), FUN = sum)
s$arm <- s$arm / aggregate(arm ~ cluster, data = d, FUN = length)$arm
s$n <- aggregate(arm ~ cluster, data = d, FUN = length)$arm
s <- s[order(-s$arm, s$cluster), ]
webb <- c(-sqrt(1.5), -1, -sqrt(0.5), sqrt(0.5), 1, sqrt(1.5))
draws <- as.matrix(read.csv("draws.csv", header = FALSE))
cluster_t <- function(sums) {
    arm <- function(i) {
        mean <- sum(sums[i]) / sum(s$n[i])
        c(mean, sum((sums[i] - s$n[i] * mean)^2) / sum(s$n[i])^2)
    }
    a <- arm(s$arm == 1); b <- arm(s$arm == 0)
    (a[1] - b[1]) / sqrt(a[2] + b[2])
}
pooled <- sum(s$sum) / sum(s$n)
residual <- (s$sum - s$n * pooled) / (1 - s$n / sum(s$n)) # WCR-S: the deviation from the mean of the others.
drawn <- apply(draws, 1, function(i) abs(cluster_t(s$n * pooled + webb[i + 1] * residual)))
out("bootstrap.p", (1 + sum(drawn >= abs(cluster_t(s$sum)))) / (1 + length(drawn)))

strata <- read.csv("strata.csv")
strata$w <- with(strata, n1 * n0 / (n1 + n0))
strata$d <- with(strata, x1 / n1 - x0 / n0)
mh <- lm(d ~ 1, data = strata, weights = w)
out("mh.estimate", coef(mh))
out("mh.error", sqrt(vcovHC(mh, type = "HC2")))
mh_cr2 <- vcovCR(mh, cluster = seq_len(nrow(strata)), type = "CR2", target = 1 / strata$w)
out("mh.df", coef_test(mh, vcov = mh_cr2, test = "Satterthwaite")$df_Satt)
wilson <- prop.test(37, 118, correct = FALSE)$conf.int
out("wilson.low", wilson[1])
out("wilson.high", wilson[2])

holm <- p.adjust(c(0.04, 0.01, 0.03, 0.5, 0.012), method = "holm")
for (i in 1:5) out(paste0("holm.", i), holm[i])

d$first <- 50 + d$time
paired <- t.test(d$first + d$change, d$first, paired = TRUE)
out("paired.estimate", paired$estimate)
out("paired.error", paired$stderr)
out("paired.df", paired$parameter)
out("paired.p", paired$p.value)
out("paired.low", paired$conf.int[1])
out("paired.high", paired$conf.int[2])
