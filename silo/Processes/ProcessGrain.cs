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

    /// <summary>Its ticks come here, so they say when the work has ended.</summary>
    private bool _hasReminder;

    /// <inheritdoc/>
    public async Task Expect()
    {
        await Register();
        Look();
    }

    /// <summary>
    /// What wakes it may not have heard yet that the work is done, and its reminder gone: without one nothing would
    /// end this activation again.
    /// </summary>
    public async Task Wake()
    {
        Look();
        _hasReminder = _hasReminder || await this.GetReminder(Reminder) is not null;
        if (_hasReminder)
        {
            return;
        }
        if (await HasWork())
        {
            await Register();
        }
        else
        {
            DeactivateOnIdle();
        }
    }

    /// <inheritdoc/>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _hasReminder = true;
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

    private async Task Register()
    {
        _idle = null;
        var period = ServiceProvider.GetRequiredService<IOptions<ReminderOptions>>().Value.MinimumReminderPeriod;
        await this.RegisterOrUpdateReminder(Reminder, period, period);
        _hasReminder = true;
    }

    /// <summary>
    /// Removes the reminder as it was at the first idle tick: one that was registered since, here or by another
    /// activation of this grain, is another one, and stays.
    /// </summary>
    private async Task TakeAway(IGrainReminder idle)
    {
        (_idle, _hasReminder) = (null, false);
        await this.UnregisterReminder(idle);
        DeactivateOnIdle();
    }
}
