using System.Globalization;
using System.Runtime.CompilerServices;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Tests.Statistics;

/// <summary>The same synthetic persons give what R's survival, sandwich and clubSandwich give.</summary>
public sealed class EqualToRTests(EqualToRTests.Reference reference) : IClassFixture<EqualToRTests.Reference>
{
    private const double Equal = 1e-9;
    private const double EqualClustered = 1e-8;

    [RFact]
    public void Kaplan_Meier_with_log_log_intervals_and_the_restricted_mean()
    {
        var curve = reference.Curve(arm: 1);
        foreach (var months in (int[])[3, 6, 9, 12])
        {
            Same($"km.{months}", curve.At(months));
            Same($"km.low.{months}", curve.IntervalAt(months)!.Low);
            Same($"km.high.{months}", curve.IntervalAt(months)!.High);
        }
        Same("rmst", curve.RestrictedMean(12)!.Value);
    }

    [RFact]
    public void Aalen_Johansen_and_the_log_rank_test()
    {
        var curve = reference.Curve(arm: 1);
        for (var end = 1; end <= 3; end++)
        {
            Same($"aj.{end}", curve.Incidence(end, 12));
        }
        Same("log.rank", LogRank.Test(curve, reference.Curve(arm: 0))!.Value.ChiSquare);
    }

    [RFact]
    public void Differences_of_pseudo_values_with_CR2_and_Satterthwaite()
    {
        var (one, other) = (reference.Curve(arm: 1), reference.Curve(arm: 0));
        Clustered("rmst.difference", ClusterMeans.Difference(
            one.RestrictedMeanByCluster(12), other.RestrictedMeanByCluster(12)));
        Clustered("exit.difference", ClusterMeans.Difference(
            one.IncidenceByCluster(1, 12), other.IncidenceByCluster(1, 12)));
    }

    [RFact]
    public void Changes_by_person_and_by_municipality_with_CR2_and_Satterthwaite()
    {
        var (one, other) = (reference.Changes(arm: 1), reference.Changes(arm: 0));
        Clustered("change", ClusterMeans.Difference(one, other));
        Clustered("unweighted", ClusterMeans.Difference(
            [.. one.Select(it => it.AsOne)], [.. other.Select(it => it.AsOne)]));
        var mean = ClusterMeans.Mean(one);
        Same("mean.error", mean.Error, EqualClustered);
        Same("mean.df", mean.DegreesOfFreedom, EqualClustered);
    }

    [RFact]
    public void Permutation_and_the_wild_cluster_bootstrap_to_the_same_draws()
    {
        var (one, other) = (reference.Changes(arm: 1), reference.Changes(arm: 0));
        var permuted = Permutation.Test([.. one.Select(it => it.AsOne.Sum)], [.. other.Select(it => it.AsOne.Sum)]);
        Assert.Equal(84, permuted!.Value.Assignments);
        Same("permutation.p", permuted.Value.P);
        Same(
            "permutation.largest.p",
            Permutation.TestLargest(reference.Means(arm: 1), reference.Means(arm: 0))!.Value.P);
        Same("bootstrap.p", new WildBootstrap(one, other, Reference.Draws).P()!.Value);
    }

    [RFact]
    public void Mantel_Haenszel_and_Wilson()
    {
        var difference = Proportions.MantelHaenszel(Reference.Strata)!.Value;
        Same("mh.estimate", difference.Estimate);
        Same("mh.error", difference.Error, EqualClustered);
        Same("mh.df", difference.DegreesOfFreedom, EqualClustered);
        var wilson = Proportions.Wilson(new Tally(37, 118))!;
        Same("wilson.low", wilson.Low);
        Same("wilson.high", wilson.High);
    }

    [RFact]
    public void The_paired_t_interval()
    {
        var change = reference.Paired();
        Same("paired.estimate", change.Estimate);
        Same("paired.error", change.Error);
        Same("paired.df", change.DegreesOfFreedom);
        Same("paired.p", change.P!.Value);
        Same("paired.low", change.Interval()!.Low);
        Same("paired.high", change.Interval()!.High);
    }

    [RFact]
    public void Holms_adjustment()
    {
        var adjusted = Holm.Adjust([0.04, null, 0.01, 0.03, 0.5, 0.012]);
        Assert.Null(adjusted[1]);
        foreach (var (number, place) in new[] { (1, 0), (2, 2), (3, 3), (4, 4), (5, 5) })
        {
            Same($"holm.{number}", adjusted[place]!.Value);
        }
    }

    private void Clustered(string name, ClusterEstimate estimate)
    {
        Same($"{name}.estimate", estimate.Estimate);
        Same($"{name}.error", estimate.Error, EqualClustered);
        Same($"{name}.df", estimate.DegreesOfFreedom, EqualClustered);
        Same($"{name}.p", estimate.P!.Value, EqualClustered);
        Same($"{name}.low", estimate.Interval()!.Low, EqualClustered);
    }

    private void Same(string name, double ours, double tolerance = Equal)
    {
        var theirs = reference.Numbers[name];
        Assert.True(
            Math.Abs(ours - theirs) <= tolerance * Math.Max(1, Math.Abs(theirs)),
            string.Create(CultureInfo.InvariantCulture, $"{name}: {ours:R}, R has {theirs:R}"));
    }

    /// <summary>Persons of six treated and three other municipalities, and what R makes of them.</summary>
    public sealed class Reference : IDisposable
    {
        public const int Draws = 1_999;

        private readonly List<(int Cluster, int Arm, int Time, int End, int Change)> _persons = [];
        private readonly string _folder = Directory.CreateTempSubdirectory("osst-r-").FullName;

        public Reference()
        {
            var random = new Random(20_180_101);
            for (var cluster = 0; cluster < 9; cluster++)
            {
                var shock = random.NextDouble() * 0.1;
                for (var i = random.Next(15, 90); i > 0; i--)
                {
                    var time = 1;
                    while (time < 20 && random.NextDouble() > 0.06 + shock)
                    {
                        time++;
                    }
                    var end = time == 20 ? 0 : random.Next(10) switch { 0 => 2, 1 => 3, 2 => 0, _ => 1 };
                    _persons.Add((cluster, cluster < 6 ? 1 : 0, time, end, random.Next(-12, 9) + (int)(40 * shock)));
                }
            }
            Numbers = R.IsThere ? Ask() : [];
        }

        public static IReadOnlyList<Stratum> Strata { get; } =
        [
            .. Enumerable.Range(1, 7).Select(i =>
                new Stratum(new Tally(7 * i, 11 * i), new Tally(3 + i, 19 + (2 * i)))),
        ];

        internal Dictionary<string, double> Numbers { get; }

        public Survival Curve(int arm) => new(
        [
            .. _persons.Where(it => it.Arm == arm).GroupBy(it => (it.Cluster, it.Time, it.End))
                .Select(it => new FollowedUp(it.Key.Cluster, it.Key.Time, it.Key.End, it.Count())),
        ]);

        public IReadOnlyList<ClusterSum> Changes(int arm) =>
        [
            .. _persons.Where(it => it.Arm == arm).GroupBy(it => it.Cluster)
                .Select(it => new ClusterSum(it.Count(), it.Sum(person => person.Change))),
        ];

        /// <summary>The changes of all persons in tenths of what R is given.</summary>
        public ClusterEstimate Paired() => PairedChange.Of(
            _persons.Count, _persons.Sum(it => 10L * it.Change), _persons.Sum(it => 100L * it.Change * it.Change),
            0.1)!.Value;

        /// <summary>Each municipality's mean change and mean time.</summary>
        public IReadOnlyList<IReadOnlyList<double>> Means(int arm) =>
        [
            .. _persons.Where(it => it.Arm == arm).GroupBy(it => it.Cluster).Select(it =>
                (IReadOnlyList<double>)[it.Average(person => person.Change), it.Average(person => person.Time)]),
        ];

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private Dictionary<string, double> Ask([CallerFilePath] string here = "")
        {
            Write("persons.csv", "cluster,arm,time,end,change", _persons.Select(it =>
                $"{it.Cluster},{it.Arm},{it.Time},{it.End},{it.Change}"));
            Write("strata.csv", "x1,n1,x0,n0", Strata.Select(it =>
                $"{it.One.Count},{it.One.Of},{it.Other.Count},{it.Other.Of}"));
            File.WriteAllLines(Path.Combine(_folder, "draws.csv"),
                WildBootstrap.Draws(Draws, 9).Chunk(9).Select(draw => string.Join(',', draw)));
            File.Copy(Path.Combine(Path.GetDirectoryName(here)!, "reference.R"), Path.Combine(_folder, "reference.R"));
            return R.Numbers(_folder, "reference.R");
        }

        private void Write(string file, string head, IEnumerable<string> lines) =>
            File.WriteAllLines(Path.Combine(_folder, file), lines.Prepend(head));
    }
}
