using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Verification;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Verification;

/// <summary>A live caseload that differs from its log is found, one municipality after the other.</summary>
public sealed class AntiEntropyTests : SiloPlace
{
    private static readonly GrainName Second = GrainName.Client("c-2");

    private AntiEntropyReport Report => Silo.Projections.AntiEntropy.Report;

    [Fact]
    public async Task Each_check_takes_the_next_municipality_and_after_the_last_the_first()
    {
        await Live();
        var checkedCodes = new List<string?>();
        for (var check = 0; check < 3; check++)
        {
            await Silo.Projections.AntiEntropy.CheckNext(pauses: false, default);
            checkedCodes.Add(Report.Municipality);
        }
        Assert.Equal([Raisio, Tampere, Raisio], checkedCodes);
        Assert.Equal((3, 2, 1), (Report.Checks, Report.Municipalities, Report.Round));
        Assert.Equal(Silo.Store.LastPosition, Report.Position);
        Assert.Empty(Report.Differences);
    }

    [Fact]
    public async Task Who_moved_away_and_back_and_whose_entry_was_taken_back_counts_alike()
    {
        await Live();
        await Send(Maija, new MoveToMunicipality(Raisio));
        await Send(Maija, Letter);
        await Send(Maija, new MoveToMunicipality(Tampere));
        await Send(Maija, new MarkRecordedInError(4, new PersonalText("Väärä henkilö"))); // The letter from Raisio.
        await AssertAllEqual();
        await Restart(); // From the image, or from the log: the same.
        await Send(Second, Letter);
        await AssertAllEqual();
    }

    [Fact]
    public async Task A_client_who_vanished_is_found_and_named_by_the_part_alone()
    {
        await Live();
        Silo.Caseloads.Ask(Tampere, caseload =>
        {
            caseload.Release(Maija.Key);
            return true;
        });
        await Silo.Projections.AntiEntropy.CheckNext(pauses: false, default);
        await Silo.Projections.AntiEntropy.CheckNext(pauses: false, default);
        Assert.Equal(
            ["municipality 837: clients", "municipality 837: metrics"],
            Report.Differences.Order(StringComparer.Ordinal).Take(2));
        Assert.DoesNotContain(Report.Differences, difference => difference.Contains(Maija.Key));
        await Silo.Projections.AntiEntropy.CheckNext(pauses: false, default);
        Assert.NotEmpty(Report.Differences); // Another municipality's check does not hide it.
        await Restart();
        await AssertAllEqual();
    }

    [Fact]
    public async Task It_checks_by_itself_after_each_pause()
    {
        await Live();
        Silo.Projections.AntiEntropy.Start(TimeSpan.FromMinutes(1));
        while (Report.Checks == 0)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
        Assert.Equal(Raisio, Report.Municipality);
    }

    [Fact]
    public async Task Where_there_is_no_caseload_there_is_nothing_to_check()
    {
        await Silo.Projections.AntiEntropy.CheckNext(pauses: false, default);
        Assert.Equal((0, null), (Report.Checks, Report.CheckedAt));
    }

    private async Task Live()
    {
        await Send(GrainName.Municipality(Tampere), new RegisterMunicipality("Tampere"));
        await Send(GrainName.Municipality(Raisio), new RegisterMunicipality("Raisio"));
        await Send(Maija, Register);
        await Send(Second, Register with { TemporaryIdentifier = new PersonalText("T-2") });
        await Send(Maija, Letter);
    }

    private async Task AssertAllEqual()
    {
        for (var check = 0; check < 2; check++)
        {
            await Silo.Projections.AntiEntropy.CheckNext(pauses: false, default);
            Assert.Empty(Report.Differences);
        }
    }
}
