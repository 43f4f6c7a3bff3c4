using OsstOrleans.Gateway.Engines.Embedded.Language;

namespace OsstOrleans.Gateway.Engines.Embedded.Execution;

/// <summary>An operation ready to execute, for one answer to all its conditions.</summary>
internal sealed record OperationPlan(OperationKind Kind, ObjectPlan<object> Root, int Slots);
