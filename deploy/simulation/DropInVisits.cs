using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;

namespace OsstOrleans.Simulation;

/// <summary>A client's drop-in visits kept by consent, while the matter is open and before any move.</summary>
internal static class DropInVisits
{
    private const int MostDaysBetween = 21;

    public static void Draw(Life life)
    {
        var assumed = life.Assumed.Centres;
        var settledUntil = life.SettledUntil ?? life.Horizon;
        var centres = life.Scene.Centres.Where(known => known.Municipality == life.FirstMunicipality).ToArray();
        if (life.MetOn is not { } consentsOn || consentsOn > settledUntil || centres.Length == 0
            || !life.Draw.Chance(assumed.Consents))
        {
            return;
        }
        var centre = life.Draw.Of(centres);
        if (consentsOn < centre.From)
        {
            return;
        }
        var until = settledUntil < centre.Until ? settledUntil : centre.Until;
        life.Write(consentsOn, new GiveDropInConsent());
        var day = consentsOn;
        for (var visit = life.Draw.Between(1, assumed.MostVisitsKept); visit > 0; visit--)
        {
            day = Centres.OpenOnOrAfter(centre, day.AddDays(life.Draw.Between(1, MostDaysBetween)));
            if (day > until)
            {
                return;
            }
            life.Write(day, new RecordDropInAttendance(centre.Grain.Key));
        }
        if (day.AddDays(1) is var next && next <= until && life.Draw.Chance(assumed.WithdrawsConsent))
        {
            life.Write(next, new WithdrawDropInConsent());
        }
    }
}
