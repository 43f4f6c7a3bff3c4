using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Verification;
using Xunit.Abstractions;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Feeds;

/// <summary>A start from an image gives what a fold of the whole log gives; a bad image is as good as none.</summary>
public sealed class ImageTests(ITestOutputHelper output) : PopulationPlace(output)
{
    private string File => Path.Combine(Address.Folder, ProjectionImage.FileName);

    [Fact]
    public async Task A_start_from_an_image_goes_on_as_if_there_had_been_no_break()
    {
        await Populate();
        var before = Digests();
        await Restart();
        Assert.True(System.IO.File.Exists(File));
        Assert.Equal(before, Digests());
        await new RandomLives(7).Live(Silo, [.. Everybody.Take(40)], commands: 800);
        await Silo.WaitFor(Silo.Store.LastPosition);
        Assert.Empty((await Silo.Verify()).Differences);
        var after = Digests();
        Assert.NotEqual(before, after);
        await Restart();
        Assert.Equal(after, Digests());
    }

    [Fact]
    public async Task Without_the_image_the_log_gives_the_same()
    {
        await Populate();
        var (digests, centres, programmes) = Everything();
        await Restart(() => System.IO.File.Delete(File));
        Assert.Equal((digests, centres, programmes), Everything());
    }

    [Fact]
    public async Task A_verification_reads_the_image_and_tells_of_a_damaged_byte()
    {
        await Populate();
        await Silo.DisposeAsync();
        Assert.Empty((await LogVerification.Run(Address, Time)).Differences);
        var image = await System.IO.File.ReadAllBytesAsync(File);
        image[image.Length / 2] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File, image);
        var found = Assert.Single((await LogVerification.Run(Address, Time)).Differences);
        Assert.Contains("image of the projections is damaged", found, StringComparison.Ordinal);
        await InitializeAsync();
    }

    [Fact]
    public async Task A_damaged_or_shortened_image_is_not_used()
    {
        await Populate();
        var (digests, centres, programmes) = Everything();
        await Silo.DisposeAsync();
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        var random = new Random(11);
        for (var i = 0; i < 12; i++)
        {
            var bad = i % 2 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (i % 2 == 1)
            {
                bad[random.Next(bad.Length)] ^= 0x10;
            }
            await System.IO.File.WriteAllBytesAsync(File, bad);
            await InitializeAsync();
            Assert.Equal((digests, centres, programmes), Everything());
            await Silo.DisposeAsync();
        }
        await InitializeAsync();
    }

    [Fact]
    public async Task An_image_of_another_log_is_not_used()
    {
        await Send(Maija, Register);
        await Send(Maija, Letter);
        await Silo.DisposeAsync();
        new ProjectionImage(File).Write(
            new ImagePlace(2, Guid.NewGuid(), DateTimeOffset.UnixEpoch), new KnownGrains(), new Caseloads(null!));
        await InitializeAsync();
        Assert.Equal(2, Silo.Caseloads.Ask(Tampere, caseload => caseload.VersionOf(Maija.Key)));
    }

    private (string Digests, string Centres, string Programmes) Everything() => (
        Digests(), string.Join(',', Silo.Caseloads.Codes.SelectMany(Silo.KnownGrains.CentresIn)),
        string.Join(',', Silo.KnownGrains.Programmes));

    private async Task Restart(Action between)
    {
        await Silo.DisposeAsync();
        between();
        await InitializeAsync();
    }
}
