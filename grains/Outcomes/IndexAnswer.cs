namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// What became of a client's first Kela referral. Kela may send two notices on one day, for two reasons: they are one
/// referral of one person, and a booking names either.
/// </summary>
/// <param name="AttendedOn">The first meeting attended for any of them; 0 for none.</param>
/// <param name="IsNotInvestigated">All of them were left without investigation.</param>
internal readonly record struct IndexAnswer(int AttendedOn, bool IsNotInvestigated)
{
    public static IndexAnswer Of(Course course, EpisodeBook episodes)
    {
        Episode[] first = [.. course.KelaReferralsOfFirstDay().Select(it => episodes.Named(it.Id)).OfType<Episode>()];
        return new IndexAnswer(
            first.Where(it => it.AttendedOn != 0).Select(it => it.AttendedOn).DefaultIfEmpty(0).Min(),
            Array.TrueForAll(first, it => it.NotInvestigatedOn != 0));
    }
}
