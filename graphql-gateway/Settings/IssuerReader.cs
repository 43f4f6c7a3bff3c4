using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Settings;

/// <summary>Reads <c>identity.issuers</c> of the settings; see <c>docs/operating.md</c> for the form.</summary>
internal static class IssuerReader
{
    /// <summary>In a list of registers: every municipality. Never for a role that reads clients.</summary>
    public const string AllRegisters = "all";

    private const int MostIssuers = 20;
    private const string Discovery = "discovery";

    /// <summary>Any sign-in is enough, said where people's data or the platform itself is at stake.</summary>
    private const string AnySignIn = "any";

    /// <exception cref="StoreRefusal">A field is missing, unknown or of another form; it is named.</exception>
    public static IReadOnlyList<IssuerSettings> Read(string name, JsonElement json, Func<string, StoreRefusal> fault)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > MostIssuers)
        {
            throw fault($"{name} takes a list of at most {MostIssuers} issuers.");
        }
        var issuers = json.EnumerateArray()
            .Select((each, i) => Issuer(new Fields($"{name}[{i}]", each, fault))).ToList();
        if (issuers.Select(one => one.Name).Distinct().Count() < issuers.Count
            || issuers.Select(one => one.Issuer).Distinct().Count() < issuers.Count)
        {
            throw fault($"{name} has two issuers of one name or one address.");
        }
        return issuers;
    }

    /// <summary>True for an address that a provider may have: https, or this machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps
        || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static IssuerSettings Issuer(Fields fields)
    {
        var order = fields.Texts("acrOrder");
        var roles = fields.Object("roles");
        var issuer = new IssuerSettings(
            fields.Checked("name", fields.Text("name"), IsName, "1-32 letters a-z, digits or -"),
            fields.Checked("issuer", fields.Text("issuer"), IsAddress, "an https address (http on this machine alone)"),
            fields.Text("keys", Discovery) is var keys && keys == Discovery ? null : keys,
            fields.Texts("plainMarks"),
            new ClaimNames(
                fields.Text("subjectClaim", ClaimNames.Usual.Subject), fields.Text("roleClaim", ClaimNames.Usual.Role),
                fields.Text("registerClaim", ClaimNames.Usual.Register),
                fields.Text("sourceClaim", ClaimNames.Usual.Source)),
            fields.Texts("clients"),
            order,
            roles.Names.ToDictionary(
                name => RoleOf(roles, name), name => Grant(RoleOf(roles, name), roles.Object(name), order)))
        {
            Dashboard = fields.Names.Contains("dashboard") ? Client(fields.Object("dashboard")) : null,
        };
        if (issuer.Roles.Count == 0)
        {
            throw roles.Fault("names no role, so this issuer could let in no caller");
        }
        fields.AssertAllRead();
        return issuer;
    }

    private static DashboardClient Client(Fields fields)
    {
        var client = new DashboardClient(
            fields.Text("client"), fields.Optional("secret"), fields.Text("scope", "openid"),
            new Uri(fields.Checked(
                "address", fields.Text("address"), IsAddress, "an https address (http on this machine alone)")));
        fields.AssertAllRead();
        return client;
    }

    private static RoleGrant Grant(Role role, Fields fields, IReadOnlyList<string> order)
    {
        var grant = new RoleGrant(
            fields.Text("audience"),
            SignIn(fields, role, order),
            Registers(fields),
            fields.Texts("sources"));
        if (grant.Registers.IsAll && AccessPolicy.NamesItsRegisters(role))
        {
            throw fields.Fault("learns of clients and so names its registers; \"all\" is for other roles", "registers");
        }
        fields.AssertAllRead();
        return grant;
    }

    /// <summary>
    /// What sign-in is enough: said for roles that read clients and for operators, since what is forgotten must not be
    /// the weakest (703/2023 8 §).
    /// </summary>
    private static string? SignIn(Fields fields, Role role, IReadOnlyList<string> order)
    {
        var isSaid = AccessPolicy.NamesItsRegisters(role) || role is Role.Operator;
        var acr = isSaid ? fields.Text("acr") : fields.Text("acr", AnySignIn);
        return acr == AnySignIn
            ? null
            : fields.Checked("acr", acr, order.Contains, $"one of this issuer's acrOrder, or \"{AnySignIn}\"");
    }

    private static Reach Registers(Fields fields)
    {
        var registers = fields.Texts("registers");
        return registers is [AllRegisters] ? Reach.All
            : registers.All(GrainName.IsValidKey) && !registers.Contains(AllRegisters) ? Reach.Of(registers)
            : throw fields.Fault("takes codes of municipalities and counties, or \"all\" alone", "registers");
    }

    private static Role RoleOf(Fields roles, string name) => RoleNames.TryParse(name, out var role)
        ? role
        : throw roles.Fault($"is no role ({string.Join(", ", RoleNames.All)})", name);

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= 32 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { UserInfo: "", Query: "", Fragment: "" }
        && IsSafe(uri);

    /// <summary>The fields of a JSON object, each of which is asked for by its name.</summary>
    private sealed class Fields
    {
        private readonly string _path;
        private readonly Func<string, StoreRefusal> _fault;
        private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
        private readonly HashSet<string> _read = new(StringComparer.Ordinal);

        public Fields(string path, JsonElement json, Func<string, StoreRefusal> fault)
        {
            (_path, _fault) = (path, fault);
            if (json.ValueKind != JsonValueKind.Object)
            {
                throw Fault("is no JSON object");
            }
            foreach (var field in json.EnumerateObject())
            {
                if (!_values.TryAdd(field.Name, field.Value))
                {
                    throw Fault("stands there twice", field.Name);
                }
            }
        }

        public IEnumerable<string> Names => _values.Keys;

        public string Text(string name) => Optional(name) ?? throw Fault("is missing", name);

        public string Text(string name, string usual) => Optional(name) ?? usual;

        public string? Optional(string name) =>
            Find(name) is not { } value ? null
            : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
            : throw Fault("takes a text", name);

        public IReadOnlyList<string> Texts(string name) =>
            Find(name) is not { } value ? []
            : value.ValueKind == JsonValueKind.Array
                && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
                ? [.. value.EnumerateArray().Select(one => one.GetString()!)]
            : throw Fault("takes a list of texts", name);

        public Fields Object(string name) => new(
            $"{_path}.{name}", Find(name) ?? throw Fault("is missing", name), _fault);

        public string Checked(string name, string value, Func<string, bool> fits, string what) =>
            fits(value) ? value : throw Fault($"takes {what}", name);

        public void AssertAllRead()
        {
            if (_values.Keys.FirstOrDefault(name => !_read.Contains(name)) is { } unknown)
            {
                throw Fault("is no setting", unknown);
            }
        }

        public StoreRefusal Fault(string what, string? name = null) =>
            _fault($"{(name is null ? _path : $"{_path}.{name}")} {what}.");

        private JsonElement? Find(string name)
        {
            _read.Add(name);
            return _values.TryGetValue(name, out var value) ? value : null;
        }
    }
}
