using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace OsstOrleans.Silo.Processes;

/// <summary>
/// A grain that a reminder keeps coming back to while there is work. The work itself is no turn of the grain: it calls
/// other grains that may be waiting for this one.
/// </summary>
internal abstract class ProcessGrain : Grain, IProcessGrain
{
    /// <summary>The reminder's name, in every row of every version.</summary>
    public const string Reminder = "work";

    private IGrainReminder? _idle;
    private int _idleTicks;

    /// <inheritdoc/>
    public async Task Expect()
    {
        _idle = null;
        var period = ServiceProvider.GetRequiredService<IOptions<ReminderOptions>>().Value.MinimumReminderPeriod;
        await this.RegisterOrUpdateReminder(Reminder, period, period);
        Look();
    }

    /// <inheritdoc/>
    public Task Wake()
    {
        Look();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (await HasWork())
        {
            _idle = null;
            Look();
        }
        else if (_idle is null)
        {
            (_idle, _idleTicks) = (await this.GetReminder(Reminder), 1);
        }
        else if (++_idleTicks >= IdleTicks)
        {
            await TakeAway(_idle);
        }
    }

    /// <summary>An event that was announced is stored, or never will be, before so many ticks.</summary>
    protected virtual int IdleTicks => 3;

    /// <summary>True when there is work, or will be without another event of the grain it is for.</summary>
    protected abstract ValueTask<bool> HasWork();

    /// <summary>Sets about what there is to do, and does not wait for it.</summary>
    protected abstract void Look();

    /// <summary>
    /// Removes the reminder as it was at the first idle tick: one that was registered since, here or by another
    /// activation of this grain, is another one, and stays.
    /// </summary>
    private async Task TakeAway(IGrainReminder idle)
    {
        _idle = null;
        await this.UnregisterReminder(idle);
        DeactivateOnIdle();
    }
}
