using OsstOrleans.Grains.Disclosure;

namespace OsstOrleans.Grains.Tests.Disclosure;

public sealed class SmallCellsTests
{
    private const int K = SmallCells.DefaultK;

    [Fact]
    public void A_single_count_is_shown_from_k_on() =>
        Assert.Equal(
            [true, false, false, false, false, true], Enumerable.Range(0, K + 1).Select(n => SmallCells.MayShow(n)));
}
