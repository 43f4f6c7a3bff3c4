using OsstOrleans.Grains.Calls;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Tidy.Tests;

/// <summary>
/// What the schema says of lines whose fields are those of a command, written from the declaration of their kind: the
/// fields of <c>Mutation</c>, and a line, an input and a payload each.
/// </summary>
internal static class LineSchema
{
    private static IEnumerable<ImportKind> Kinds =>
        ImportKinds.All.Where(kind => ImportKinds.CommandOf(kind) is not null);

    /// <summary>The fields of <c>Mutation</c>.</summary>
    public static string Mutations()
    {
        var sdl = new SdlText();
        foreach (var kind in Kinds)
        {
            sdl.Described(2, $"{RecordDocs.Of(kind)} Each line as `{CommandSchema.Camel(CommandOf(kind).Name)}`. Lines "
                + "of one subject are taken in their order; each has its own result. "
                + (ImportKinds.SendersOf(kind).Contains(Role.RecordSystem)
                    ? "For coordinators and the register's client record system."
                    : "For coordinators."));
            sdl.Line(2, $"import{kind}(input: Import{kind}Input!): Import{kind}Payload", "@cost(weight: \"500\")");
        }
        return sdl.ToString();
    }

    /// <summary>The types of lines, inputs and payloads.</summary>
    public static string Types()
    {
        var sdl = new SdlText();
        foreach (var kind in Kinds)
        {
            Line(sdl, kind);
            Input(sdl, kind);
            Payload(sdl, kind);
        }
        return sdl.ToString();
    }

    private static Type CommandOf(ImportKind kind) => ImportKinds.CommandOf(kind)!;

    private static void Line(SdlText sdl, ImportKind kind)
    {
        var fields = LineJson.FieldsOf(kind);
        sdl.Described(0, $"A line of `import{kind}`. What is needed and absent is that line's error, and no other's.");
        sdl.Line(0, $"input {ImportKinds.InputOf(kind)} {{");
        foreach (var (name, type, words) in About(kind).Where(field => fields.ContainsKey(field.Name)))
        {
            sdl.Described(2, words);
            sdl.Line(2, $"{name}: {type}");
        }
        foreach (var field in ImportKinds.FieldsOfCommand(kind))
        {
            var words = RecordDocs.Of(CommandOf(kind), field.Property);
            var isDefault = CommandSchema.DefaultOf(CommandOf(kind), field.Property);
            sdl.Described(2, field.IsNeeded ? $"Needed. {words}"
                : isDefault.Length > 0 ? $"{words} `{isDefault.Trim(' ', '=')}` when absent." : words);
            sdl.Line(2, $"{field.Name}: {CommandSchema.TypeOf(field.Property, mayBeAbsent: true)}");
        }
        sdl.Line(0, "}\n");
    }

    private static IEnumerable<(string Name, string Type, string Words)> About(ImportKind kind) =>
    [
        ("externalId", "String", "The sending system's identifier of the client; this or `clientId`."),
        ("clientId", "ID",
            "The platform's own identifier of the client; with `externalId` both must mean the same client."),
        ("municipality", "String", ImportKinds.NamesClients(kind)
            ? "The official code of the client's municipality or register. A sender for several gives it beside "
                + "`clientId`; a client of another one is refused."
            : "Needed. The official code of the municipality or register."),
        ("dropInCentreId", "ID", "Needed. The drop-in centre's id."),
        ("entryId", "String", (ImportKinds.NeedsEntry(kind) ? "Needed. " : "")
            + "The sending system's own identifier of the entry, of any form: a line of an entry that was taken is a "
            + "duplicate, whatever else it says."),
        ("occurredOn", "Date", ImportKinds.NeedsDayOrEntry(kind)
            ? "The day it happened; this or `entryId` is needed, since the step may be taken again. Today when absent."
            : "The day it happened; today when absent."),
    ];

    private static void Input(SdlText sdl, ImportKind kind)
    {
        sdl.Described(0, $"Input of `import{kind}`.");
        sdl.Line(0, $"input Import{kind}Input {{");
        sdl.Described(2, "The system whose identifiers the lines use: 1-64 letters a-z, digits, - or _; one that the "
            + "token speaks for.");
        sdl.Line(2, "source: String!");
        sdl.Described(2, "A retry with the same key and lines answers as the first one did. Without a key a line is "
            + "known by its entry, or by its content where it has none.");
        sdl.Line(2, "idempotencyKey: String");
        sdl.Described(2, "Distinguishes an import of many calls, such as a file. With it a line that says how "
            + "something is now is the same line again, also in another call, when it has the same place in the same "
            + "import.");
        sdl.Line(2, "importId: UUID");
        sdl.Described(2, "With `importId`: each line's place in the import, in the order of lines; 1, 2 ... when "
            + "absent.");
        sdl.Line(2, "lineNumbers: [Int!]");
        sdl.Described(2, "Decides everything and stores nothing; lines see what earlier ones of this call would lead "
            + "to.");
        sdl.Line(2, "dryRun: Boolean! = false");
        sdl.Described(2, "The lines; LIMIT_LINES above what the server allows, 500 unless set otherwise.");
        sdl.Line(2, $"lines: [{ImportKinds.InputOf(kind)}!]!");
        sdl.Line(0, "}\n");
    }

    private static void Payload(SdlText sdl, ImportKind kind)
    {
        sdl.Described(0, $"Answer of `import{kind}`.");
        sdl.Line(0, $"type Import{kind}Payload implements ImportPayload {{");
        sdl.Described(2, "Lines taken now.");
        sdl.Line(2, "accepted: Int!");
        sdl.Described(2, "Lines that had been taken before.");
        sdl.Line(2, "duplicates: Int!");
        sdl.Described(2, "Lines that were not needed: what is known is of a later day.");
        sdl.Line(2, "superseded: Int!");
        sdl.Described(2, "Lines refused.");
        sdl.Line(2, "rejected: Int!");
        sdl.Described(2, "The last place in the log that lines led to: pass it as `minPosition`. Null when none was "
            + "taken.");
        sdl.Line(2, "position: Long");
        sdl.Described(2, "What became of each line, in the order of lines.");
        sdl.Line(2, "results: [ImportedLine!]! @listSize(assumedSize: 500)");
        sdl.Line(0, "}\n");
    }
}
