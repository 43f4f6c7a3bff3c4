using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Benchmarks.Calibration;

/// <summary>A made-up client: months on assistance in the year after less the year before, and months to an exit.
/// </summary>
internal readonly record struct MadeUpClient(int Municipality, int Change, int Exit);

/// <summary>
/// One draw of a study of nine municipalities, six of them treated, with sizes as unequal as the real ones. Assistance
/// is a two-state chain over 37 months with the referral in a month on assistance. Each municipality has a shock on the
/// chance to stay after the referral, common to its clients: that is what naive intervals do not know.
/// </summary>
internal static class MadeUpStudy
{
    public const int Treated = 6;
    public const int Followed = 24;

    private const double Stays = 0.92;
    private const double Returns = 0.06;
    private const int Year = 12;
    private const int Gap = 2;

    /// <summary>Inhabitants of the six in thousands times 1.3, and three controls.</summary>
    private static readonly int[] Sizes = [310, 155, 40, 31, 28, 10, 110, 60, 35];

    public static int Municipalities => Sizes.Length;

    /// <param name="random">Draws everything.</param>
    /// <param name="shock">Standard deviation of the municipalities' shocks.</param>
    /// <param name="effect">So much smaller is the chance to stay where treated, after the referral.</param>
    public static List<MadeUpClient> Draw(Random random, double shock, double effect)
    {
        var clients = new List<MadeUpClient>(Sizes.Sum());
        for (var municipality = 0; municipality < Sizes.Length; municipality++)
        {
            var stays = Math.Clamp(
                Stays + (shock * Normal(random)) - (municipality < Treated ? effect : 0), 0.3, 0.995);
            for (var client = 0; client < Sizes[municipality]; client++)
            {
                clients.Add(new MadeUpClient(
                    municipality, After(random, stays, out var exit) - Months(random, Stays), exit));
            }
        }
        return clients;
    }

    /// <summary>Sums of the change by municipality, those of the arm.</summary>
    public static ClusterSum[] Changes(IReadOnlyList<MadeUpClient> clients, bool treated) =>
        [.. Arm(clients, treated).Select(it => new ClusterSum(it.Count(), it.Sum(client => client.Change)))];

    public static Survival Curve(IReadOnlyList<MadeUpClient> clients, bool treated) => new(
    [
        .. Arm(clients, treated).SelectMany(it => it.GroupBy(client => client.Exit).Select(exits => new FollowedUp(
            it.Key, Math.Min(exits.Key, Followed), exits.Key <= Followed ? Survival.Event : 0, exits.Count()))),
    ]);

    /// <summary>How many standard deviations within a municipality a shock of one moves the mean change.</summary>
    public static double Sensitivity(Random random)
    {
        const int Draws = 200_000;
        const double Step = 0.02;
        double low = 0, high = 0, squares = 0, sum = 0;
        for (var i = 0; i < Draws; i++)
        {
            low += After(random, Stays - Step, out _);
            high += After(random, Stays + Step, out _);
            var change = After(random, Stays, out _) - Months(random, Stays);
            (sum, squares) = (sum + change, squares + ((double)change * change));
        }
        var deviation = Math.Sqrt((squares / Draws) - (sum / Draws * (sum / Draws)));
        return (high - low) / Draws / (2 * Step) / deviation;
    }

    private static IEnumerable<IGrouping<int, MadeUpClient>> Arm(IEnumerable<MadeUpClient> clients, bool treated) =>
        clients.Where(it => it.Municipality < Treated == treated).GroupBy(it => it.Municipality);

    /// <summary>Months on assistance in the year that runs away from the referral.</summary>
    private static int Months(Random random, double stays)
    {
        var (on, months) = (true, 0);
        for (var month = 0; month < Year; month++)
        {
            on = random.NextDouble() < (on ? stays : Returns);
            months += on ? 1 : 0;
        }
        return months;
    }

    private static int After(Random random, double stays, out int exit)
    {
        var (on, months, free) = (true, 0, 0);
        exit = int.MaxValue;
        for (var month = 1; month <= Followed + Gap; month++)
        {
            on = random.NextDouble() < (on ? stays : Returns);
            months += on && month <= Year ? 1 : 0;
            free = on ? 0 : free + 1;
            exit = free == Gap && exit == int.MaxValue ? month - Gap + 1 : exit;
        }
        return months;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
