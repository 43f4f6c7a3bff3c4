using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Search;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Finds clients of a register by a name or an identifier.</summary>
internal sealed class SearchResolvers(Platform platform, ApiLimits limits)
{
    private const int Most = 20;

    private readonly ImportKeys _keys = new(platform.Services.MasterKey);
    private readonly SearchCount _searches = new(limits.MaxSearchesPerMinute, platform.Services.Time);

    public void AddTo(ResolverMap map) => map
        .Root("Query", "findClients", Find)
        .Root("Query", "clientByExternalId", Resolve)
        .Object<SearchResult>("ClientSearchResult")
        .Object<FoundClient>("FoundClient")
        .Plain<FoundClient, string>("FoundClient", "clientId", client => client.Entry.Client)
        .Object<ResolvedClient>("ResolvedClient");

    private async ValueTask<SearchResult> Find(FieldCall call)
    {
        call.DemandBody();
        var register = call.RegisterAsked("register");
        var first = call.Arguments.Get<int>("first");
        if (first is < 1 or > Most)
        {
            throw CaseloadResolvers.BadInput("first", $"A search shows 1 to {Most} clients.");
        }
        var caller = call.Caller();
        _searches.Add(caller.Actor);
        await CaseloadResolvers.Seen(platform, call);
        var question = new SearchQuestion(
            register, platform.Staff.SightOf(caller, register), platform.Services.Clock().Today, first)
        {
            Municipalities = platform.Services.MunicipalitiesOf(register),
        };
        var (by, search) = Asked(call.Arguments.Get<Arguments>("by"), call.Cancelled);
        var found = await search(question);
        await platform.Uses.Searched(
            caller, register, $"find-clients by={by}",
            [
                .. found.Clients.Select(client => new ListedClient(
                    client.Entry.Client, RegisterStaff.BasisOnList(question.SeenBy, client.Entry))),
            ],
            found.Others);
        return found;
    }

    /// <summary>By what is searched, as the use log names it, and the search.</summary>
    private (string By, Func<SearchQuestion, ValueTask<SearchResult>> Search) Asked(
        Arguments by, CancellationToken over)
    {
        var search = platform.Projections.Search;
        if (by.GetOrDefault<PersonalText?>("name") is { } name)
        {
            var words = name.Reveal() ?? "";
            return ClientSearch.IsEnough(words)
                ? ("name", question => search.ByName(question, words))
                : throw CaseloadResolvers.BadInput(
                    "name", $"A name has at least {ClientSearch.LeastLetters} letters, and at most "
                    + $"{ClientSearch.MostWords} words.");
        }
        if (by.GetOrDefault<PersonalText?>("identityCode") is { } code)
        {
            return code.IsEmpty
                ? throw CaseloadResolvers.BadInput("identityCode", "This must not be empty.")
                : ("identity-code", question => search.ByIdentifier(question, code.Reveal()!));
        }
        if (by.GetOrDefault<PersonalText?>("phone") is { } phone)
        {
            return PhoneNumbers.Normal(phone.Reveal()) is { } number
                ? ("phone", question => search.ByPhone(question, number))
                : throw CaseloadResolvers.BadInput("phone", "A number has 7 to 15 digits, and a plus or a zero first.");
        }
        var external = by.Get<Arguments>("externalId");
        var (source, id) = Identifier(external.Get<string>("source"), external.Get<PersonalText>("id"));
        return ("external-id", async question => await search.Among(question, await Meant(
            AsRegister(question.Municipalities), source, id,
            question.Municipalities is [var only] ? only : null, over)));
    }

    /// <summary>
    /// Whom an identifier of the caller's own system means. One of another register, an erased client's and one that
    /// means none are answered alike.
    /// </summary>
    private async ValueTask<ResolvedClient?> Resolve(FieldCall call)
    {
        call.DemandBody();
        var caller = call.Caller();
        if (!AccessPolicy.MayResolve(caller.Role))
        {
            throw CallerOf.Forbidden("resolving identifiers");
        }
        if (caller.Role is Role.Coordinator && caller.Purpose is null)
        {
            throw CallerOf.PurposeMissing;
        }
        var (source, id) = Identifier(call.Arguments.Get<string>("source"), call.Arguments.Get<PersonalText>("id"));
        var register = call.Arguments.GetOrDefault<string>("municipality");
        if (!caller.Sources.Contains(source) || (register is not null && !caller.HoldsFor(register)))
        {
            throw CallerOf.Forbidden("identifiers of this source or register; the token names its own");
        }
        await CaseloadResolvers.Seen(platform, call);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var client in await Meant(caller, source, id, register, call.Cancelled))
        {
            if (platform.Caseloads.CodeOf(client) is { } code && caller.HoldsFor(code)
                && (register is null || register == code || register == platform.Services.RegisterOf(code))
                && !(caller.Role is Role.Coordinator && IsRestricted(code, client))
                && await platform.Projections.Search.IsKept(client))
            {
                known[client] = code;
            }
        }
        if (known.Count > 1)
        {
            throw CaseloadResolvers.BadInput(
                "municipality", "This identifier means clients of several registers: name the municipality.");
        }
        var found = known.Select(client => new ResolvedClient(client.Key, client.Value)).FirstOrDefault();
        await (found is null ? ValueTask.CompletedTask : platform.Uses.Resolved(
            caller, found.Municipality, found.ClientId));
        return found;
    }

    /// <summary>No search shows staff such a client; the system whose identifier it is goes on recording.</summary>
    private bool IsRestricted(string code, string client) =>
        platform.Caseloads.Ask(code, caseload => caseload.RowOf(client)?.IsRestricted) is true;

    /// <summary>Who became known by the identifier of a client who was erased.</summary>
    private string Kept(string client) =>
        platform.Caseloads.CodeOf(client) is { } code
            && platform.Caseloads.Ask(code, caseload => caseload.RowOf(client)?.IsErased) is true
            ? Kept(_keys.After(client))
            : client;

    /// <summary>Whom an identifier may mean, and into whom they were merged.</summary>
    private async ValueTask<IReadOnlyList<string>> Meant(
        Caller caller, string source, string id, string? register, CancellationToken over)
    {
        var identifiers = new ExternalIds(platform.Grains.Until(over), _keys, caller, source);
        var clients = await identifiers.MeantBy(id, register);
        var keys = clients.Select(client => Kept(client.Key)).Distinct().ToArray();
        var registers = register is not null
            ? (IReadOnlyList<string>)[register, platform.Services.RegisterOf(register)]
            : caller.Reach.IsAll ? platform.Caseloads.CodesOfAll : caller.Reach.Municipalities;
        return
        [
            .. keys,
            .. from code in registers
               from merge in platform.Caseloads.MunicipalityOf(code)?.Merges ?? []
               where merge.Outcome is MergeOutcome.Merged && keys.Contains(merge.DuplicateId)
               select merge.SurvivorId,
        ];
    }

    /// <summary>Links are no client's data, and whom they lead to is judged afterwards.</summary>
    private static Caller AsRegister(IEnumerable<string> municipalities) =>
        new(Role.Coordinator, "client-search", Reach.Of(municipalities), Purposes.ClientWork);

    private static (string Source, string Id) Identifier(string source, PersonalText id) =>
        !GrainName.IsValidKey(source)
            ? throw CaseloadResolvers.BadInput("source", "A source is 1-64 letters a-z, digits, '-' or '_'.")
        : TextForm.Of(id.Reveal() ?? "") is var text && !ImportKeys.IsExternalId(text)
            ? throw CaseloadResolvers.BadInput("id", "An identifier has 1 to 128 characters that show.")
        : (source, text);
}

/// <summary>Whom an identifier means.</summary>
internal sealed record ResolvedClient(string ClientId, string Municipality);
