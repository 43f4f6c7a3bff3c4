using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>
/// Names the responsible worker (<em>vastuutyöntekijä</em>), who links THL and the municipality's social workers.
/// </summary>
/// <param name="WorkerId">The worker's identifier, never a name.</param>
public sealed record NameResponsibleWorker(string WorkerId) : IMunicipalityCommand;

/// <summary>Adds a social worker or counsellor to the experiment.</summary>
/// <param name="WorkerId">The worker's identifier, never a name.</param>
public sealed record AddSocialWorker(string WorkerId) : IMunicipalityCommand;

/// <summary>Removes a social worker from the experiment; training days stay in the history.</summary>
/// <param name="WorkerId">A worker now in the experiment.</param>
public sealed record RemoveSocialWorker(string WorkerId) : IMunicipalityCommand;

/// <summary>Records how many of THL's five training days a worker has attended so far.</summary>
/// <param name="WorkerId">A worker now in the experiment.</param>
/// <param name="TrainingDays">Days attended so far, 0-5.</param>
public sealed record RecordTrainingDays(string WorkerId, int TrainingDays) : IMunicipalityCommand;

/// <summary>The municipality has a new responsible worker.</summary>
[StoredAs("municipality.responsible-worker-named")]
public sealed record ResponsibleWorkerNamed(string WorkerId) : IMunicipalityEvent;

/// <summary>A social worker joined the experiment.</summary>
[StoredAs("municipality.social-worker-added")]
public sealed record SocialWorkerAdded(string WorkerId) : IMunicipalityEvent;

/// <summary>A social worker left the experiment.</summary>
[StoredAs("municipality.social-worker-removed")]
public sealed record SocialWorkerRemoved(string WorkerId) : IMunicipalityEvent;

/// <summary>A worker's training days so far.</summary>
[StoredAs("municipality.training-days-recorded")]
public sealed record TrainingDaysRecorded(string WorkerId, int TrainingDays) : IMunicipalityEvent;

/// <summary>A social worker in the experiment.</summary>
/// <param name="WorkerId">The worker's identifier.</param>
/// <param name="Since">The day of joining.</param>
/// <param name="TrainingDays">THL training days attended so far, 0-5.</param>
public sealed record SocialWorker(string WorkerId, DateOnly Since, int TrainingDays = 0);

internal static class Staff
{
    public const int TrainingDaysInAll = 5;

    public static Decision Name(MunicipalityState municipality, NameResponsibleWorker command) =>
        Require.Id(command.WorkerId, "workerId") is { } refused ? refused
        : municipality.ResponsibleWorkerId == command.WorkerId ? Decision.Nothing
        : Decision.Happened(new ResponsibleWorkerNamed(command.WorkerId));

    public static Decision Add(MunicipalityState municipality, AddSocialWorker command) =>
        Require.Id(command.WorkerId, "workerId") is { } refused ? refused
        : Find(municipality, command.WorkerId) is not null ? Decision.Nothing
        : municipality.SocialWorkers.Count >= Limits.SocialWorkers ? Refuse.Limit("workerId", Limits.SocialWorkers)
        : Decision.Happened(new SocialWorkerAdded(command.WorkerId));

    public static Decision Remove(MunicipalityState municipality, RemoveSocialWorker command) =>
        Find(municipality, command.WorkerId) is null ? Unknown()
        : Decision.Happened(new SocialWorkerRemoved(command.WorkerId));

    public static Decision Train(MunicipalityState municipality, RecordTrainingDays command) =>
        Require.Within(command.TrainingDays, 0, TrainingDaysInAll, "trainingDays") is { } refused ? refused
        : Find(municipality, command.WorkerId) is not { } worker ? Unknown()
        : worker.TrainingDays == command.TrainingDays ? Decision.Nothing
        : Decision.Happened(new TrainingDaysRecorded(command.WorkerId, command.TrainingDays));

    public static MunicipalityState Evolve(MunicipalityState municipality, ResponsibleWorkerNamed happened) =>
        municipality with { ResponsibleWorkerId = happened.WorkerId };

    public static MunicipalityState Evolve(MunicipalityState municipality, SocialWorkerAdded happened, DateOnly on) =>
        municipality with { SocialWorkers = [.. municipality.SocialWorkers, new SocialWorker(happened.WorkerId, on)] };

    public static MunicipalityState Evolve(MunicipalityState municipality, SocialWorkerRemoved happened) =>
        municipality with
        {
            SocialWorkers = [.. municipality.SocialWorkers.Where(worker => worker.WorkerId != happened.WorkerId)],
        };

    public static MunicipalityState Evolve(MunicipalityState municipality, TrainingDaysRecorded happened) =>
        municipality with
        {
            SocialWorkers =
            [
                .. municipality.SocialWorkers.Select(worker => worker.WorkerId == happened.WorkerId
                    ? worker with { TrainingDays = happened.TrainingDays }
                    : worker),
            ],
        };

    public static bool Has(MunicipalityState municipality, string workerId) => Find(municipality, workerId) is not null;

    private static SocialWorker? Find(MunicipalityState municipality, string workerId) =>
        municipality.SocialWorkers.FirstOrDefault(worker => worker.WorkerId == workerId);

    private static Rejection Unknown() =>
        Refuse.Step(WorkerUnknown, "workerId", "No such social worker is in the experiment.");
}
