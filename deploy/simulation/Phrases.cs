using OsstOrleans.Grains;

namespace OsstOrleans.Simulation;

/// <summary>Free texts of simulated people. Each says itself that it is synthetic, so that none is ever taken for real.
/// </summary>
internal static class Phrases
{
    public static readonly PersonalText FirstNames = new("Esimerkki");

    public static readonly PersonalText NotInvestigated = new("Synteettinen merkintä: ilmoitusta ei selvitetty.");

    public static readonly PersonalText Closing = new("Synteettinen merkintä: asia suljettiin.");

    public static readonly PersonalText Reopening = new("Synteettinen merkintä: asia avattiin uudelleen.");

    public static readonly PersonalText Assessment = new("Synteettinen arvio: palvelutarve arvioitiin.");

    public static readonly PersonalText ClientsNeed = new("Synteettinen: asiakkaan oma näkemys tuen tarpeesta.");

    public static readonly PersonalText ProfessionalsNeed =
        new("Synteettinen: ammattihenkilön näkemys tuen tarpeesta.");

    public static readonly PersonalText Dissent = new("Synteettinen: eriävä näkemys kirjattiin.");

    public static readonly IReadOnlyList<PersonalText> Contacts =
    [
        new("Synteettinen merkintä: yhteydenotto asiakkaaseen."),
        new("Synteettinen merkintä: tarjottiin aikaa tapaamiseen."),
        new("Synteettinen merkintä: kerrottiin sosiaalityön tuesta."),
    ];

    public static readonly IReadOnlyList<PersonalText> Agreed =
    [
        new("Synteettinen: sovittiin tilanteen selvittämisestä."),
        new("Synteettinen: sovittiin seuraavasta tapaamisesta."),
        new("Synteettinen: sovittiin yhteydestä TE-palveluihin."),
    ];

    public static readonly IReadOnlyList<PersonalText> ClientsView =
    [
        new("Synteettinen: asiakkaan mielestä arki sujuu paremmin."),
        new("Synteettinen: asiakkaan mielestä tilanne on ennallaan."),
        new("Synteettinen: asiakas toivoo lisää tukea."),
    ];

    public static readonly IReadOnlyList<PersonalText> WorkersAssessment =
    [
        new("Synteettinen: työntekijän arvio, tavoitteissa on edetty."),
        new("Synteettinen: työntekijän arvio, tavoitteet tarkistetaan."),
        new("Synteettinen: työntekijän arvio, työskentelyä jatketaan."),
    ];

    public static PersonalText LastName(int client) => new($"Synteettinen-{client:0000}");

    /// <summary>Shaped so that no one can take it for a <em>henkilötunnus</em>.</summary>
    public static PersonalText Identifier(string key) => new($"TILAPAINEN-{key}");

    public static PersonalText Decision(string key) => new($"SYNTEETTINEN-PAATOS-{key}");
}
