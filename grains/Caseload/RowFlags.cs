namespace OsstOrleans.Grains.Caseload;

/// <summary>What is said of a row by yes or no, as its column keeps it.</summary>
[Flags]
internal enum RowFlags : ushort
{
    None = 0,
    NotInvestigated = 1,
    Ending = 2,
    Clientship = 4,
    OwnWorker = 8,
    Protected = 16,
    Held = 32,
    Erased = 64,
    MattersApart = 128,
    MatterEnded = 256,
    Died = 512,
    Restricted = 1024,
    AgreesToReminders = 2048,
}
