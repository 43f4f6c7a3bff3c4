using OsstOrleans.ClientSample;

// OSST_URL and OSST_TOKEN say where and who; the token is of a social worker, e.g.
// ./osst token --role social-worker --municipality 320 --subject w-320-01
var url = new Uri(Environment.GetEnvironmentVariable("OSST_URL") ?? "http://127.0.0.1:5080/graphql");
var token = Environment.GetEnvironmentVariable("OSST_TOKEN") ?? throw new InvalidOperationException("Set OSST_TOKEN.");
var municipality = Environment.GetEnvironmentVariable("OSST_MUNICIPALITY") ?? "320";

using var platform = new Platform(url, token, "client-work");
string[] municipalities = [municipality];

var before = await platform.Ask<FiguresData>(Documents.Figures, new { municipalities });
Console.WriteLine($"{municipality} has {before.CaseloadMetrics?.Clients?.ToString() ?? "few"} clients.");

// The id is made once, with the command, and would be stored with it before it is sent.
var registration = new Registration(
    Guid.NewGuid(), $"sample-{Guid.NewGuid()}", municipality, "Synteettinen", "Esimerkki", 1980, "T-1",
    Synthetic: true);
var registered = await Send(registration);
Console.WriteLine($"Registered as version {registered.Version}.");
var again = await Send(registration);
Console.WriteLine($"Sent again, recorded {(again.Position == registered.Position ? "once" : "twice")}.");

var rejected = await Send(registration with { CommandId = Guid.NewGuid(), ClientId = "sample-x", BirthYear = 1066 });
foreach (var rejection in rejected.UserErrors)
{
    Console.WriteLine($"Rejected: {rejection.Code} in {rejection.Field}.");
}

// Clients of other municipalities are nobody else's business.
try
{
    var other = municipality == "837" ? "320" : "837";
    await platform.Ask<LateReviewsData>(Documents.LateReviews, new { municipality = other });
}
catch (PlatformException refused)
{
    Console.WriteLine($"Refused: {refused.Code}.");
}

// Read your own writes: wait until the figures have seen the command.
var after = await platform.Ask<FiguresData>(
    Documents.Figures, new { municipalities, minPosition = registered.Position });
Console.WriteLine($"{municipality} has {after.CaseloadMetrics?.Clients?.ToString() ?? "few"} clients now.");

async Task<Outcome> Send(Registration input) =>
    (await platform.Command<RegisterData>(Documents.Register, new { input })).RegisterClient
    ?? throw new InvalidOperationException("The command has no outcome.");
