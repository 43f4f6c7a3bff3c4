using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// A client's basic data. A client of an unknown identifier is registered; a known one is brought up to date. Where the
/// line has both identifiers, the external one must mean that client already.
/// </summary>
internal sealed record ClientLine : IClientLine
{
    public string? ExternalId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>The official three-digit code.</summary>
    public string? Municipality { get; init; }

    public PersonalText? LastName { get; init; }

    public PersonalText? FirstNames { get; init; }

    public int? BirthYear { get; init; }

    public PersonalText? PersonalIdentityCode { get; init; }

    public PersonalText? TemporaryIdentifier { get; init; }

    public bool? Synthetic { get; init; }

    public DateOnly? OccurredOn { get; init; }

    public IImportLine On(DateOnly day) => this with { OccurredOn = day };

    public string? Subject() => ExternalId ?? ClientId;

    public bool SaysHowItIs() => OccurredOn is null;

    public RegisterClient? Person() => new(
        Municipality ?? "", LastName ?? default, FirstNames ?? default,
        LineRules.BirthYear(BirthYear, PersonalIdentityCode) ?? 0,
        Grains.Client.PersonalIdentityCode.Normal(PersonalIdentityCode), TemporaryIdentifier, Synthetic ?? false);

    public Rejection? Missing() => LineRules.Given(
        (Municipality, "municipality"), (LastName, "lastName"), (FirstNames, "firstNames"),
        (LineRules.BirthYear(BirthYear, PersonalIdentityCode), "birthYear"));

    public ICommand Command(bool registers) => new ImportClient(Person()!, registers);
}
