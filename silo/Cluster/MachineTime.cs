namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// The machine's own clock, for how long a caller waits. The clock of the casework says what day it is, and may stand
/// still: a call that waited by it would wait for ever.
/// </summary>
internal sealed class MachineTime : TimeProvider;
