using System.Text.Json.Serialization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// A line whose fields are those of a command. It is known by its entry where the sender gives one, else by its
/// content.
/// </summary>
internal abstract record CommandLine : IImportLine
{
    private readonly CommandForm _form;

    protected CommandLine()
    {
        _form = CommandForms.Of(GetType());
        Values = new object?[_form.Fields.Count];
    }

    /// <summary>
    /// The sending system's own identifier of the entry, of any form. A line of an entry that was taken is known,
    /// whatever its other fields say by then.
    /// </summary>
    [JsonPropertyOrder(-1)]
    public string? EntryId { get; init; }

    [JsonPropertyOrder(-1)]
    public DateOnly? OccurredOn { get; init; }

    /// <summary>The command's fields, by their places in its form.</summary>
    [JsonIgnore]
    public object?[] Values { get; }

    /// <summary>What the line calls the grain that it is about.</summary>
    public abstract string IdField();

    public IImportLine On(DateOnly day) => this with { OccurredOn = day };

    public abstract string? Subject();

    public string? Entry() => EntryId;

    public bool SaysHowItIs() => _form.Lines.SaysHowItIs && OccurredOn is null;

    public Rejection? Missing()
    {
        if ((Named() ?? Identified()) is { } refused)
        {
            return refused;
        }
        for (var place = 0; place < Values.Length; place++)
        {
            if (_form.Fields[place] is { IsNeeded: true, Name: var name }
                && LineRules.Given((Values[place], name)) is { } missing)
            {
                return missing;
            }
        }
        return null;
    }

    public ICommand Command() => _form.Make(Values);

    /// <summary>Why nothing says whom the line is about; null when something does.</summary>
    protected abstract Rejection? Named();

    private Rejection? Identified() => EntryId switch
    {
        null or "" => _form.Lines.NeedsEntry ? LineRules.Given((EntryId, "entryId")) : null,
        { } entry => ImportKeys.IsExternalId(entry) ? null : LineRules.Problem(
            RejectionCodes.IdInvalid, "entryId",
            $"An identifier has at most {LineRules.ExternalIdLength} characters, all of which show."),
    };
}

/// <summary>A line about one client.</summary>
/// <typeparam name="TCommand">What it asks of the client.</typeparam>
internal sealed record ClientCommandLine<TCommand> : CommandLine, IClientLine
    where TCommand : IClientCommand
{
    [JsonPropertyOrder(-2)]
    public string? ExternalId { get; init; }

    [JsonPropertyOrder(-2)]
    public string? ClientId { get; init; }

    /// <summary>The register that the sender takes the client for; needed by a sender for several.</summary>
    [JsonPropertyOrder(-2)]
    public string? Municipality { get; init; }

    public override string IdField() => string.IsNullOrEmpty(ExternalId) ? "clientId" : "externalId";

    public override string? Subject() => ExternalId ?? ClientId;

    public string? Register() => Municipality;

    public RegisterClient? Person() => null;

    public ICommand Command(bool registers) => Command();

    ICommand IImportLine.Command() => Command();

    protected override Rejection? Named() => null;
}

/// <summary>A line about a municipality, or another register.</summary>
/// <typeparam name="TCommand">What it asks of it.</typeparam>
internal sealed record MunicipalityCommandLine<TCommand> : CommandLine, IGrainLine
    where TCommand : ICommand
{
    /// <summary>The official code.</summary>
    [JsonPropertyOrder(-2)]
    public string? Municipality { get; init; }

    public override string IdField() => "municipality";

    public override string? Subject() => Municipality;

    public GrainName Grain() => GrainName.Municipality(Municipality!);

    protected override Rejection? Named() => LineRules.Given((Municipality, "municipality"))
        ?? LineRules.IsKey(Municipality, RejectionCodes.UnknownCode, "municipality");
}

/// <summary>A line about a drop-in centre.</summary>
/// <typeparam name="TCommand">What it asks of it.</typeparam>
internal sealed record CentreCommandLine<TCommand> : CommandLine, IGrainLine
    where TCommand : ICommand
{
    /// <summary>The key of the centre's grain.</summary>
    [JsonPropertyOrder(-2)]
    public string? DropInCentreId { get; init; }

    public override string IdField() => "dropInCentreId";

    public override string? Subject() => DropInCentreId;

    public GrainName Grain() => GrainName.DropInCentre(DropInCentreId!);

    protected override Rejection? Named() => LineRules.Given((DropInCentreId, "dropInCentreId"))
        ?? LineRules.IsKey(DropInCentreId, RejectionCodes.IdInvalid, "dropInCentreId");
}
