using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Memory;

/// <summary>A client on a list, and by which relationship the caller sees it there.</summary>
public readonly record struct ListedClient(string ClientId, AccessBasis Basis);

/// <summary>
/// Lines of the use log about what is read of a register without asking its clients one by one: lists of clients, and
/// the register's own figures. A list leaves one line at the register, with what was asked and how many were shown, and
/// one at each client shown, so that it is in the client's own log; all of them become durable together, before the
/// answer. Figures are read all the time: they leave a line for each caller, register and kind once an hour.
/// </summary>
/// <param name="services">Where lines are written, by which clock, and for which register.</param>
public sealed class RegisterUses(GrainServices services)
{
    /// <summary>How long one line of a stream, or of figures, stands for the same being shown again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromHours(1);

    /// <summary>Callers' figures remembered at once; beyond, all are forgotten and have a line again.</summary>
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(string Actor, string Register, string What), long> _figures = new();

    /// <summary>A page of a list is about to be shown.</summary>
    /// <param name="caller">To whom; a caller who says no purpose sees no list.</param>
    /// <param name="register">Whose clients: a register's, or one municipality's of it.</param>
    /// <param name="what">Which list, and what was asked of it: codes and days, no words.</param>
    /// <param name="clients">Who is on the page.</param>
    /// <param name="stream">What the stream has shown already; null for a single answer.</param>
    public ValueTask Listed(
        Caller caller, string register, string what, IReadOnlyCollection<ListedClient> clients,
        ListStream? stream = null)
    {
        var now = services.Time.GetUtcNow();
        var fresh = stream is null ? clients : stream.Fresh(what, clients, now);
        return fresh is null ? ValueTask.CompletedTask : services.Store.LogAccess(
        [
            Line(AtRegister(register), $"{what}{Part(register)}; {clients.Count} shown", ""),
            .. fresh.DistinctBy(client => client.ClientId).Select(client => Line(
                GrainName.Client(client.ClientId), what, AccessBases.NameOf(client.Basis))),
        ]);

        UseLine Line(GrainName grain, string used, string basis) =>
            new(grain, services.RegisterOf(register), caller.Actor, caller.Purpose ?? "-", used, now, basis);
    }

    /// <summary>
    /// The answer of a search is about to be shown: one line at the register, one at each client shown, and one at each
    /// who only exists for the caller, without a basis. A search that finds none has its line, too.
    /// </summary>
    /// <param name="caller">To whom.</param>
    /// <param name="register">Whose clients: a register's, or one municipality's of it.</param>
    /// <param name="what">By what was searched, and never for which words.</param>
    /// <param name="clients">Who is shown.</param>
    /// <param name="others">Who is only said to exist.</param>
    public ValueTask Searched(
        Caller caller, string register, string what, IReadOnlyCollection<ListedClient> clients,
        IReadOnlyCollection<string> others)
    {
        var now = services.Time.GetUtcNow();
        return services.Store.LogAccess(
        [
            Line(
                AtRegister(register),
                $"{what}{Part(register)}; {clients.Count} shown{(others.Count > 0 ? ", others exist" : "")}", ""),
            .. clients.Select(client => Line(
                GrainName.Client(client.ClientId), what, AccessBases.NameOf(client.Basis))),
            .. others.Select(client => Line(GrainName.Client(client), $"{what}{UseNames.Exists}", "")),
        ]);

        UseLine Line(GrainName grain, string used, string basis) =>
            new(grain, services.RegisterOf(register), caller.Actor, caller.Purpose ?? "-", used, now, basis);
    }

    /// <summary>
    /// Lines of the logs are about to be shown: one line at the register, with what was asked, and one at each client
    /// whom they are about. A client's line does not say whom else was looked at.
    /// </summary>
    /// <param name="caller">To whom.</param>
    /// <param name="register">Whose logs.</param>
    /// <param name="what">What was read.</param>
    /// <param name="asked">What was asked of it: codes, days, ids of staff and of clients, no words.</param>
    /// <param name="clients">Whom the lines are about.</param>
    public ValueTask Audited(
        Caller caller, string register, string what, string asked, IReadOnlyCollection<string> clients)
    {
        var now = services.Time.GetUtcNow();
        var basis = AccessBases.NameOf(AccessBasis.DataProtection);
        return services.Store.LogAccess(
        [
            Line(AtRegister(register), $"{what}{Part(register)}{asked}; {clients.Count} clients shown"),
            .. clients.Select(client => Line(GrainName.Client(client), what)),
        ]);

        UseLine Line(GrainName grain, string used) =>
            new(grain, services.RegisterOf(register), caller.Actor, caller.Purpose ?? "-", used, now, basis);
    }

    /// <summary>A system is about to be shown whom an identifier of its own means.</summary>
    public ValueTask Resolved(Caller caller, string register, string client) => services.Store.LogAccess(
    [
        new UseLine(
            GrainName.Client(client), services.RegisterOf(register), caller.Actor, caller.Purpose ?? "-",
            "client-by-external-id", services.Time.GetUtcNow()),
    ]);

    /// <summary>Figures of the own register are about to be shown exactly, to run it (552/2019 19 and 41 §).</summary>
    public ValueTask Counted(Caller caller, string register, string what)
    {
        var (key, now) = ((caller.Actor, register, what), services.Time.GetTimestamp());
        if (_figures.TryGetValue(key, out var last) && services.Time.GetElapsedTime(last, now) < Again)
        {
            return ValueTask.CompletedTask;
        }
        if (_figures.Count >= MostRemembered)
        {
            _figures.Clear();
        }
        return Log();

        async ValueTask Log()
        {
            await services.Store.LogAccess(
            [
                new UseLine(
                    AtRegister(register), services.RegisterOf(register), caller.Actor,
                    caller.Purpose ?? Purposes.Management, what + Part(register), services.Time.GetUtcNow()),
            ]);
            _figures[key] = now; // After it: what could not be written is written the next time.
        }
    }

    /// <summary>The register whose log has the line: the municipality's, or its county's.</summary>
    private GrainName AtRegister(string municipality) => GrainName.Municipality(services.RegisterOf(municipality));

    /// <summary>Which part of a register was asked for, where it is not all of it.</summary>
    private string Part(string municipality) =>
        services.RegisterOf(municipality) == municipality ? "" : $" municipality={municipality}";
}

/// <summary>What one subscription to lists has shown: a client has a line when first shown, and hourly from then on.
/// </summary>
public sealed class ListStream
{
    private readonly Dictionary<(string What, string Client), DateTimeOffset> _shown = [];
    private readonly Dictionary<string, DateTimeOffset> _lists = [];

    /// <summary>Those who need a line now; null when not even the list needs one.</summary>
    internal IReadOnlyCollection<ListedClient>? Fresh(
        string what, IReadOnlyCollection<ListedClient> clients, DateTimeOffset now)
    {
        lock (_shown)
        {
            var fresh = clients.Where(client => IsOver(_shown, (what, client.ClientId), now)).ToArray();
            if (fresh.Length == 0 && !IsOver(_lists, what, now))
            {
                return null;
            }
            _lists[what] = now;
            foreach (var client in fresh)
            {
                _shown[(what, client.ClientId)] = now;
            }
            return fresh;
        }
    }

    private static bool IsOver<TKey>(Dictionary<TKey, DateTimeOffset> times, TKey key, DateTimeOffset now)
        where TKey : notnull => !times.TryGetValue(key, out var last) || now - last >= RegisterUses.Again;
}
