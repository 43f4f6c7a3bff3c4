using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>Whose view an interview gives. The project's own list.</summary>
public enum IntervieweeRole
{
    /// <summary><em>Sosiaalityöntekijä</em>.</summary>
    SocialWorker = 1,

    /// <summary><em>Sosiaaliohjaaja</em>.</summary>
    Counsellor = 2,

    /// <summary><em>Koordinoiva sosiaalityöntekijä</em> or <em>vastuutyöntekijä</em>.</summary>
    Coordinator = 3,

    /// <summary><em>Esimies, johto</em>.</summary>
    Management = 4,

    /// <summary>Staff or volunteers of a drop-in centre.</summary>
    DropInStaff = 5,

    /// <summary><em>TE-palvelut</em>.</summary>
    EmploymentServices = 6,

    /// <summary>Another partner: Kela, an association, a parish, a school.</summary>
    Partner = 7,
}

/// <summary>What a note of an interview is about. The project's own list.</summary>
public enum InterviewTopic
{
    /// <summary>How the model is carried out.</summary>
    Implementation = 1,

    /// <summary>Which methods work, and which do not.</summary>
    Methods = 2,

    /// <summary>What supports the work.</summary>
    Supports = 3,

    /// <summary>What hampers the work.</summary>
    Hampers = 4,

    /// <summary>Working together with others.</summary>
    Cooperation = 5,

    /// <summary>The use of AVAIN.</summary>
    Avain = 6,

    /// <summary>Change that was seen in clients' lives, in general.</summary>
    Change = 7,

    /// <summary>Something else.</summary>
    Other = 8,
}

/// <summary>One note of an interview.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Text">The note, at most 2 000 characters; never about a client, and without names.</param>
public sealed record InterviewNote(InterviewTopic Topic, string Text);

/// <summary>
/// Records an interview of a professional for the programme's evaluation (ammattilaisten haastattelu), as structured
/// notes. The interviewee is named by role alone. The same identifier with the same content is one interview.
/// </summary>
/// <param name="InterviewId">The caller's identifier, unique within the municipality.</param>
/// <param name="Role">Whose view it is.</param>
public sealed record RecordInterview(string InterviewId, IntervieweeRole Role) : IMunicipalityCommand
{
    /// <summary>The notes, in order; at least one.</summary>
    public IReadOnlyList<InterviewNote> Notes { get; init => field = value ?? []; } = [];
}

/// <summary>A professional was interviewed.</summary>
[StoredAs("municipality.interview-recorded")]
public sealed record InterviewRecorded(string InterviewId, IntervieweeRole Role) : IMunicipalityEvent
{
    /// <summary>The notes.</summary>
    public IReadOnlyList<InterviewNote> Notes { get; init => field = value ?? []; } = [];
}

/// <summary>An interview and its day.</summary>
public sealed record Interview(string InterviewId, IntervieweeRole Role, DateOnly HeldOn)
{
    /// <summary>The notes.</summary>
    public IReadOnlyList<InterviewNote> Notes { get; init => field = value ?? []; } = [];
}

internal static class Interviews
{
    private const int MostCharacters = 2_000;

    public static Decision Record(MunicipalityState municipality, RecordInterview command, Moment moment)
    {
        var refused = Require.Id(command.InterviewId, "interviewId")
            ?? Require.Member(command.Role, "role")
            ?? Require.Some(command.Notes, "notes")
            ?? Require.Each(command.Notes, "notes", Note);
        return refused is not null ? refused
            : municipality.Interviews.FirstOrDefault(known => known.InterviewId == command.InterviewId) switch
            {
                { } known when known.Role == command.Role && known.HeldOn == moment.OccurredOn
                    && known.Notes.SequenceEqual(command.Notes) => Decision.Nothing,
                { } => Refuse.Step(InterviewIdTaken, "interviewId", "Another interview here has this identifier."),
                null when municipality.Interviews.Count >= Limits.Interviews =>
                    Refuse.Limit("interviewId", Limits.Interviews),
                null => Decision.Happened(
                    new InterviewRecorded(command.InterviewId, command.Role) { Notes = command.Notes }),
            };
    }

    public static MunicipalityState Evolve(MunicipalityState municipality, InterviewRecorded happened, DateOnly on) =>
        municipality with
        {
            Interviews =
            [
                .. municipality.Interviews,
                new Interview(happened.InterviewId, happened.Role, on) { Notes = happened.Notes },
            ],
        };

    private static Rejection? Note(InterviewNote note, string field) =>
        Require.Member(note.Topic, $"{field}.topic")
        ?? Require.Words(note.Text, MostCharacters, $"{field}.text");
}
