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
public sealed record ResponsibleWorkerNamed(string WorkerId) : IMunicipalityEvent;

/// <summary>A social worker joined the experiment.</summary>
public sealed record SocialWorkerAdded(string WorkerId) : IMunicipalityEvent;

/// <summary>A social worker left the experiment.</summary>
public sealed record SocialWorkerRemoved(string WorkerId) : IMunicipalityEvent;

/// <summary>A worker's training days so far.</summary>
public sealed record TrainingDaysRecorded(string WorkerId, int TrainingDays) : IMunicipalityEvent;

/// <summary>A social worker in the experiment.</summary>
/// <param name="WorkerId">The worker's identifier.</param>
/// <param name="Since">The day of joining.</param>
/// <param name="TrainingDays">THL training days attended so far, 0-5.</param>
public sealed record SocialWorker(string WorkerId, DateOnly Since, int TrainingDays = 0);
