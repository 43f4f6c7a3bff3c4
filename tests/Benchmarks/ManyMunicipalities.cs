using System.Globalization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// A country's worth of data in a folder that has the experiment's own already: other municipalities in three arms,
/// with clients who were referred in 2018, half of whom came, and months on assistance that the register covers.
/// </summary>
internal static class ManyMunicipalities
{
    private const int AtOnce = 512;
    private const int MostMonths = 6;

    private static readonly DateOnly s_first = new(2018, 1, 1);
    private static readonly Caller s_everywhere = new(Role.Coordinator, "bench", Reach.All, Purposes.ClientWork);
    private static readonly StudyArm[] s_arms = Enum.GetValues<StudyArm>();

    /// <summary>Adds so many clients, and municipalities until there are so many.</summary>
    public static async Task Fill(string folder, int municipalities, int clients)
    {
        await using var place = await Workplace.Open(new StoreAddress(folder, null));
        place.KeepFolder = true;
        string[] codes =
        [
            .. Workplace.Municipalities(municipalities).Except(place.Silo.Caseloads.Codes)
                .Take(municipalities - place.Silo.Caseloads.Codes.Count),
        ];
        for (var i = 0; i < codes.Length; i++)
        {
            await Register(place, codes[i], s_arms[i % s_arms.Length]);
        }
        await Parallel.ForAsync(
            0, clients, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => await Live(place, i, codes[i % codes.Length]));
        foreach (var code in codes)
        {
            // Of those who are known now: a fact of coverage says nothing of who comes later.
            await Send(
                place, GrainName.Municipality(code), new RecordRegisterCoverage("bench", "2016-12", "2020-12"),
                new DateOnly(2021, 1, 10));
        }
    }

    private static async Task Register(Workplace place, string code, StudyArm arm)
    {
        var grain = GrainName.Municipality(code);
        await Send(place, grain, new RegisterMunicipality($"Kunta {code}"), s_first);
        await Send(place, grain, new PlaceInArm(arm, s_first), s_first);
    }

    private static async Task Live(Workplace place, int number, string code)
    {
        var random = new Random(number);
        var client = GrainName.Client($"many-{number}");
        var referred = s_first.AddDays(random.Next(365));
        await Send(place, client, new RegisterClient(
            code, new PersonalText("Synteettinen"), new PersonalText("Esimerkki"), 1955 + (number % 45),
            TemporaryIdentifier: new PersonalText($"M-{number}"), Synthetic: true), referred);
        await Send(place, client, new ReceiveReferral(
            "r1", ReferralSource.Kela, (ReferralReason)((number % 8) + 1), 3), referred);
        if (number % 2 == 0)
        {
            await Send(place, client, new BookMeeting("m1", referred.AddDays(9)), referred);
            await Send(place, client, new AttendMeeting("m1"), referred.AddDays(9));
        }
        for (var month = random.Next(MostMonths); month >= 0; month--)
        {
            var paid = referred.AddMonths(month - 1);
            await Send(place, client, new RecordBenefitMonth(
                paid.ToString("yyyy-MM", CultureInfo.InvariantCulture), 50_000, 0), paid.AddMonths(1));
        }
    }

    private static Task Send(Workplace place, GrainName grain, ICommand command, DateOnly on) =>
        place.Send(grain, command, s_everywhere, on);
}
