# The reference for PanelEqualsRTests: the same estimates from the statistics alone.
suppressMessages({library(clubSandwich)})
out <- function(name, value) cat(name, " ", sprintf("%.17g", as.numeric(value)), "\n", sep = "")

d <- read.csv("panel.csv") # code, osst, left (last month in OSST, or 999999), month (as a number), share, residents
base <- subset(d, month <= max(d$month[d$is_base == 1]))
b <- aggregate(cbind(share, log = log(share)) ~ code, data = base, FUN = mean)
d$change <- d$share - b$share[match(d$code, b$code)]
d$log_change <- log(d$share) - b$log[match(d$code, b$code)]
d$treated <- d$osst == 1

# CR2 where a municipality's variance falls with its weight; the months of one are one observation of that weight.
compare <- function(name, rows, y, v) {
    rows$y <- rows[[y]]; rows$v <- v(rows)
    arm_month <- ave(rows$v, rows$treated, rows$month, FUN = sum)
    one <- aggregate(cbind(v = v) ~ code + treated, data = rows, FUN = mean)
    total <- tapply(one$v, one$treated, sum)
    months <- length(unique(rows$month))
    rows$w <- as.numeric(total[as.character(rows$treated)]) / months * rows$v / arm_month
    n <- aggregate(cbind(w, wy = w * y) ~ code + treated, data = rows, FUN = sum)
    n$y <- n$wy / n$w
    m <- lm(y ~ treated, data = n, weights = w)
    V <- vcovCR(m, cluster = n$code, type = "CR2", inverse_var = TRUE)
    t <- coef_test(m, vcov = V, test = "Satterthwaite")
    out(paste0(name, ".estimate"), t$beta[2])
    out(paste0(name, ".df"), t$df_Satt[2])
    out(paste0(name, ".p"), t$p_Satt[2])
    out(paste0(name, ".low"), t$beta[2] - qt(0.975, t$df_Satt[2]) * t$SE[2])
}
equal <- function(rows) rep(1, nrow(rows))
people <- function(rows) rows$residents
after <- subset(d, is_after == 1)
in_osst <- subset(after, month <= left)
compare("MEAN_EFFECT", in_osst, "change", equal)
compare("MEAN_EFFECT_2018", subset(in_osst, year == 2018), "change", equal)
compare("MEAN_EFFECT_2019", subset(in_osst, year == 2019), "change", equal)
compare("MEAN_EFFECT_EVER_TREATED", after, "change", equal)
compare("MEAN_EFFECT_WEIGHTED", in_osst, "change", people)
compare("MEAN_EFFECT_LOG", in_osst, "log_change", equal)
compare("MONTH_2018-02", subset(d, year == 2018 & label == "2018-02"), "change", equal)
compare("MONTH_2017-03", subset(d, label == "2017-03"), "change", equal)

slope <- sapply(split(base, base$code), function(one) coef(lm(share ~ month, data = one))[2])
s <- data.frame(code = as.integer(sub("\\..*", "", names(slope))), y = slope)
s$treated <- d$treated[match(s$code, d$code)]
m <- lm(y ~ treated, data = s)
t <- coef_test(m, vcov = vcovCR(m, cluster = s$code, type = "CR2"), test = "Satterthwaite")
out("PRE_TREND.estimate", t$beta[2]); out("PRE_TREND.p", t$p_Satt[2])

whole <- aggregate(change ~ code + treated, data = after, FUN = mean)
studentised <- function(x, y) (mean(x) - mean(y)) / sqrt(var(x) / length(x) + var(y) / length(y))
seen <- abs(studentised(whole$change[whole$treated], whole$change[!whole$treated]))
all <- combn(nrow(whole), sum(whole$treated))
t <- apply(all, 2, function(i) abs(studentised(whole$change[i], whole$change[-i])))
out("PERMUTATION.p", mean(t >= seen * (1 - 1e-9)))
