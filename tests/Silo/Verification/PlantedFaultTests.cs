using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Verification;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Verification;

/// <summary>What <c>osst verify</c> finds when somebody was at the file, and that it tells no personal data.</summary>
public sealed class PlantedFaultTests : SiloPlace
{
    [Fact]
    public async Task An_untouched_log_has_no_differences()
    {
        await Fill();
        var report = await Verify();
        Assert.Empty(report.Differences);
        Assert.Equal((63L, 3, 1), (report.Events, report.Streams, report.Municipalities));
    }

    [Theory]
    [InlineData("UPDATE snapshots SET data = CAST(replace(data, '1984', '1985') AS BLOB)", "differs from a replay")]
    [InlineData("DELETE FROM events WHERE stream = 'client/maija' AND version = 7", "gap after version 6")]
    [InlineData("DELETE FROM events WHERE stream = 'municipality/837' AND version = 1", "gap after version 0")]
    [InlineData("UPDATE events SET version = 500 WHERE stream = 'client/maija' AND version = 59", "gap")]
    [InlineData("UPDATE events SET municipality = '680' WHERE stream = 'client/maija' AND version = 9", "missing")]
    [InlineData("UPDATE events SET data = CAST('{\"channel\":\"' AS BLOB) WHERE version = 9", "version 9 cannot")]
    [InlineData("UPDATE events SET data = CAST('{\"channel\":\"OWL\"}' AS BLOB) WHERE version = 9", "version 9 cannot")]
    [InlineData(
        "UPDATE events SET data = CAST(replace(data, 'LETTER', 'PHONE') AS BLOB) WHERE version = 9", "differs from")]
    [InlineData(
        "UPDATE events SET data = CAST(replace(data, 'workerId', 'workerIx') AS BLOB)", "ArgumentNullException")]
    [InlineData("UPDATE events SET personal = zeroblob(50) WHERE version = 9", "version 9 cannot be read")]
    [InlineData("UPDATE keys SET wrapped = zeroblob(61) WHERE stream = 'client/maija'", "master key")]
    public async Task A_planted_fault_is_found_and_named(string fault, string difference)
    {
        await Fill();
        await Silo.DisposeAsync();
        Tamper(fault);
        var report = await LogVerification.Run(Address, Time);
        Assert.Contains(report.Differences, found => found.Contains(difference, StringComparison.Ordinal));
        Assert.All(report.Differences, found =>
        {
            Assert.DoesNotContain(LastName, found, StringComparison.Ordinal);
            Assert.DoesNotContain("Salainen", found, StringComparison.Ordinal);
        });
        Tamper("DELETE FROM events; DELETE FROM keys; DELETE FROM snapshots");
        await InitializeAsync();
    }

    /// <summary>Who puts a row back opens again what was destroyed.</summary>
    [Fact]
    public async Task A_key_that_was_put_back_after_the_end_of_its_matter_or_client_is_found()
    {
        foreach (var (command, on) in new (ICommand, DateOnly)[]
        {
            (Register, new(2005, 6, 1)), (Letter with { Note = new PersonalText("first") }, new(2005, 6, 1)),
            (new CloseMatter(ClosingReason.Other), new(2005, 6, 2)),
        })
        {
            await Send(Maija, command, on);
        }
        Tamper("CREATE TABLE elsewhere AS SELECT * FROM keys");
        await Send(Maija, new ConfirmRetention(1));
        Assert.Empty((await Silo.Verify()).Differences);
        Tamper("INSERT INTO keys SELECT * FROM elsewhere WHERE stream LIKE '%/matter-1'");
        Assert.Equal(
            ["keys: client/maija: the key of matter 1 is there, and the matter has ended"],
            (await Silo.Verify()).Differences);
        await Send(Maija, new EraseClient(ErasureReason.Ordered));
        Tamper("INSERT INTO keys SELECT * FROM elsewhere WHERE stream = 'client/maija'; DROP TABLE elsewhere");
        Assert.Contains(
            "keys: client/maija: a key is there, and the client was erased", (await Silo.Verify()).Differences);
    }

    [Fact]
    public async Task A_projection_that_lags_behind_the_log_is_found()
    {
        await Fill();
        Tamper("UPDATE events SET data = CAST(replace(data, 'w-1', 'w-2') AS BLOB) WHERE stream = 'client/pekka'");
        var report = await Silo.Verify();
        Assert.Contains("municipality 837: metrics", report.Differences);
    }

    private async Task<VerificationReport> Verify()
    {
        await Silo.DisposeAsync();
        var report = await LogVerification.Run(Address, Time);
        await InitializeAsync();
        return report;
    }

    private async Task Fill()
    {
        await Send(GrainName.Municipality(Tampere), new RegisterMunicipality("Tampere"), Day);
        await Send(GrainName.Municipality(Tampere), new AddSocialWorker("w-1"), Day);
        await Send(Maija, Register);
        for (var i = 0; i < 58; i++)
        {
            await Send(Maija, Letter with { Note = new PersonalText("Salainen sana") });
        }
        await Send(GrainName.Client("pekka"), Register);
        await Send(GrainName.Client("pekka"), new AssignWorker("w-1", OwnWorker: true));
        await Silo.Store.LogAccess([]);
    }
}
