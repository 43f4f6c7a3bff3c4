using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>An event on its way out.</summary>
/// <param name="Id">
/// Its identifier, by which who gets it twice knows it. It is no other event's, also where a log was restored to an
/// earlier day and went on differently.
/// </param>
/// <param name="Type">Its stored name.</param>
/// <param name="Position">Its place in the log.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Body">The event as CloudEvents 1.0 has it, in JSON.</param>
/// <param name="Disclosures">
/// What must be in the disclosure log before it leaves: a line for each client it is about or names.
/// </param>
public sealed record OutgoingEvent(
    string Id, string Type, long Position, DateTimeOffset RecordedAt, ReadOnlyMemory<byte> Body,
    IReadOnlyList<DisclosureLine> Disclosures)
{
    /// <summary>How it may leave by what each of these clients said when it was judged.</summary>
    internal IReadOnlyList<(GrainName Client, LeavingEvent Leaving, Passage Passage)> Passages { get; init; } = [];
}

/// <summary>
/// Events as receivers get them: those of their municipality and choice. What tells of persons goes only to receivers
/// that a coordinator of the register let have it, and a person's own words to fewer still.
/// </summary>
/// <param name="services">Where they are read from.</param>
/// <param name="discloser">Who lets them out, as the disclosure log names it.</param>
public sealed class OutgoingEvents(GrainServices services, string discloser)
{
    /// <summary>The type is the stored name behind this.</summary>
    public const string TypePrefix = "osst.";

    /// <summary>Where an installation does not say what it is called, no receiver can ask it for schemas.</summary>
    private const string UnnamedSource = "/osst";

    private static readonly string Moved = EventCatalogue.NameOf<ClientMoved>();

    private readonly ClientsHeldBack _heldBack = new(services.Store);

    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new Words(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false),
        },
    };

    /// <summary>
    /// What tells an event from another one at its place in the log. Places are given out again after a restore to an
    /// earlier day, and commands may come again at other places; the same event of a grain at one instant does not.
    /// </summary>
    public static uint TagOf(in StoredEvent stored) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{stored.CommandId:N} {stored.Grain} {stored.Version} {stored.RecordedAt.ToUnixTimeMilliseconds()}"))));

    /// <summary>The event for a receiver; null when it is not meant for it.</summary>
    /// <param name="key">The receiver's key.</param>
    /// <param name="receiver">Its registration and state.</param>
    /// <param name="stored">The event as stored.</param>
    public async ValueTask<OutgoingEvent?> For(string key, ReceiverRegistered receiver, StoredEvent stored)
    {
        if (!MayConcern(receiver, stored))
        {
            return null;
        }
        var coded = EventCodec.DecodeCoded(stored);
        if (!IsOf(receiver.Municipality, stored.Municipality)
            && ((coded as ClientMoved)?.Municipality is not { } into || !IsOf(receiver.Municipality, into)))
        {
            return null;
        }
        var clients = await ClientsIn(stored, coded);
        if (receiver.ByPermission && clients.Count == 0 && EventCatalogue.TellsOfPersons(stored.Type))
        {
            return null; // Of no client who could have permitted it.
        }
        var passages = new List<(GrainName Client, LeavingEvent Leaving, Passage Passage)>(clients.Count);
        foreach (var client in clients)
        {
            var leaving = new LeavingEvent(stored.Type, receiver.Municipality ?? "", key, receiver.ByPermission)
            {
                Version = client == stored.Grain ? stored.Version : 0,
                Happened = coded,
                Today = services.Clock().Today,
                Municipalities = receiver.Municipality is { } own ? services.MunicipalitiesOf(own) : null,
            };
            if (await _heldBack.PassageOf(client, leaving) is not { } passage)
            {
                return null;
            }
            passages.Add((client, leaving, passage));
        }
        var told = receiver.PersonalData && !stored.Personal.IsEmpty ? await WithWords(stored) : coded;
        var id = IdOf(stored);
        return new OutgoingEvent(
            id, stored.Type, stored.Position, stored.RecordedAt, Body(id, stored, told),
            [.. passages.Select(passage => Line(passage.Client, key, receiver, stored, passage.Passage))])
        {
            Passages = passages,
        };
    }

    /// <summary>
    /// True when something holds the event back by now: to be asked once its lines are durable, just before it leaves,
    /// for a ban may have been acknowledged while they were written. It also holds back what happened before it. What
    /// may still leave, but not as its lines say, is held back, too: a replay sends it.
    /// </summary>
    public async ValueTask<bool> IsHeldBack(OutgoingEvent outgoing)
    {
        foreach (var (client, leaving, passage) in outgoing.Passages)
        {
            if (await _heldBack.PassageOf(client, leaving) != passage)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// What can be said before an event is decoded. Identifiers of other systems, and receivers themselves, concern no
    /// receiver. A move goes to the municipality that is left and to the new one.
    /// </summary>
    private bool MayConcern(ReceiverRegistered receiver, in StoredEvent stored) =>
        stored.Grain.Kind is not (GrainKind.ExternalId or GrainKind.Receiver)
        && !EventCatalogue.StaysInside(stored.Type)
        && (receiver.EventTypes.Count == 0 || receiver.EventTypes.Contains(stored.Type))
        && (receiver.MayGetPersonEvents()
            || (stored.Grain.Kind is not GrainKind.Client && !EventCatalogue.TellsOfPersons(stored.Type)))
        && (IsOf(receiver.Municipality, stored.Municipality) || stored.Type == Moved);

    private static string IdOf(in StoredEvent stored) =>
        string.Create(CultureInfo.InvariantCulture, $"{stored.Position}-{TagOf(stored):x8}");

    /// <summary>True for the municipality or the register that a receiver is for.</summary>
    private bool IsOf(string? receivers, string municipality) =>
        receivers is null || receivers == municipality || receivers == services.RegisterOf(municipality);

    /// <summary>The client it is about, and those of the register whom it names.</summary>
    private async ValueTask<IReadOnlyList<GrainName>> ClientsIn(StoredEvent stored, IEvent? coded)
    {
        var clients = new List<GrainName>();
        if (stored.Grain.Kind == GrainKind.Client)
        {
            clients.Add(stored.Grain);
        }
        var register = services.RegisterOf(stored.Municipality);
        foreach (var named in coded is INamesClients names ? names.NamedClients().Select(GrainName.Client) : [])
        {
            if (await _heldBack.IsKnownIn(named, code => services.RegisterOf(code) == register))
            {
                clients.Add(named);
            }
        }
        return clients;
    }

    private async ValueTask<IEvent?> WithWords(StoredEvent stored)
    {
        var tail = await services.Store.Load(stored.Grain, afterVersion: int.MaxValue); // Its keys alone.
        return new EventCodec(stored.Grain) { Keys = tail.KeysOf(stored.Grain, services.MasterKey) }.Decode(stored);
    }

    private DisclosureLine Line(
        GrainName client, string key, ReceiverRegistered receiver, in StoredEvent stored, Passage passage) => new(
        client, services.RegisterOf(stored.Municipality),
        stored.Type + (receiver.PersonalData && !stored.Personal.IsEmpty ? ", with personal text" : ", coded")
            + TextOf(passage),
        key, receiver.Name, discloser, receiver.Purpose, passage.DemandedBy ?? receiver.LegalBasis, stored.Position,
        services.Time.GetUtcNow());

    private static string TextOf(Passage passage) =>
        passage.DemandedBy is not null ? ", demanded by law in spite of what the client says"
        : passage.PermittedSince is { } day ? string.Create(
            CultureInfo.InvariantCulture, $", by the client's permission of {day:yyyy-MM-dd}")
        : "";

    /// <summary>An event of a name that only a newer version knows is sent without its data.</summary>
    private byte[] Body(string id, in StoredEvent stored, IEvent? told)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", services.Installation ?? UnnamedSource);
            json.WriteString("type", TypePrefix + stored.Type);
            if (services.Installation is { } installation && told is not null)
            {
                json.WriteString("dataschema", installation + EventSchemas.PathOf(stored.Type));
            }
            json.WriteString("subject", stored.Grain.ToString());
            json.WriteString("time", stored.RecordedAt);
            json.WriteString("datacontenttype", "application/json");
            json.WriteString("municipality", stored.Municipality);
            json.WriteString("occurredon", stored.OccurredOn.ToString("O", CultureInfo.InvariantCulture));
            json.WriteNumber("position", stored.Position);
            json.WriteNumber("version", stored.Version);
            json.WritePropertyName("data");
            JsonSerializer.Serialize(json, told, told?.GetType() ?? typeof(object), Options);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private sealed class Words : JsonConverter<PersonalText>
    {
        public override PersonalText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Outgoing events are written only.");

        public override void Write(Utf8JsonWriter writer, PersonalText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Reveal());
    }
}
