using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>Lists of clients, and a register's own figures, are uses of data and leave their lines (703/2023 10 §,
/// 552/2019 19 §).</summary>
public sealed class RegisterUseTests : Place
{
    private static readonly ListedClient[] Two =
        [new("maija", AccessBasis.OwnWorker), new("matti", AccessBasis.Intake)];

    private RegisterUses Uses => new(Services);

    [Fact]
    public async Task A_list_leaves_a_line_at_the_register_and_one_at_each_client_shown_before_the_answer()
    {
        await Uses.Listed(Worker, Tampere, "caseload status=InPlan", Two);
        Assert.Equal(
            [
                "municipality/837 caseload status=InPlan; 2 shown ", "client/maija caseload status=InPlan own-worker",
                "client/matti caseload status=InPlan intake",
            ],
            Lines());
        await Uses.Listed(Worker, Tampere, "caseload", []);
        Assert.Equal("municipality/837 caseload; 0 shown ", Lines()[^1]);
        Tamper("ALTER TABLE access_log RENAME TO gone");
        await Assert.ThrowsAsync<StoreFault>(async () => await Uses.Listed(Worker, Tampere, "caseload", Two));
    }

    [Fact]
    public async Task A_stream_tells_of_a_client_when_first_shown_and_hourly_from_then_on()
    {
        var (uses, stream) = (Uses, new ListStream());
        await Show(Two[..1], 2);
        await Show(Two[..1], 0);
        await Show(Two, 2); // One of them is new.
        Time.Advance(RegisterUses.Again - TimeSpan.FromSeconds(1));
        await Show(Two, 0);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Show(Two, 3);

        async Task Show(ListedClient[] clients, int lines)
        {
            var before = Lines().Length;
            await uses.Listed(Worker, Tampere, "worklist ReviewsDue", clients, stream);
            Assert.Equal(lines, Lines().Length - before);
        }
    }

    [Fact]
    public async Task Figures_of_the_own_register_leave_a_line_for_each_caller_once_an_hour()
    {
        var uses = Uses;
        await uses.Counted(Worker with { Purpose = null }, Tampere, "caseload-metrics");
        await uses.Counted(Worker, Tampere, "caseload-metrics");
        await uses.Counted(RaisioWorker, Raisio, "caseload-metrics");
        Assert.Equal(["municipality/837 caseload-metrics ", "municipality/680 caseload-metrics "], Lines());
        Time.Advance(RegisterUses.Again);
        await uses.Counted(Worker, Tampere, "caseload-metrics");
        Assert.Equal(3, Lines().Length);
        Assert.Equal("management", Scalar("SELECT purpose FROM access_log WHERE line = 1"));
        Tamper("ALTER TABLE access_log RENAME TO gone");
        await uses.Counted(Worker, Tampere, "caseload-metrics"); // There is a line of this hour.
        await Assert.ThrowsAsync<StoreFault>(async () => await uses.Counted(Worker, Tampere, "work-totals"));
    }

    private string[] Lines() => Scalar(
        "SELECT group_concat(client || ' ' || what || ' ' || basis, '|') FROM (SELECT * FROM access_log ORDER BY line)")
        is { } lines ? lines.Split('|') : [];
}
