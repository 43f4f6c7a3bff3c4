using Xunit.Abstractions;
using Xunit.Sdk;

namespace OsstOrleans.Silo.Tests;

/// <summary>Marks a class whose tests need a PostgreSQL: without one they are skipped and say so.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute;

/// <summary>Marks a class whose tests need a pooler before a PostgreSQL: without one they are skipped and say so.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPoolerAttribute : Attribute;

/// <summary>Marks a class whose tests need a PostgreSQL with a small disk: without one they are skipped and say so.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsDiskAttribute : Attribute;

/// <summary>A fact that a derived class may not be able to check on this machine.</summary>
[XunitTestCaseDiscoverer("OsstOrleans.Silo.Tests.StoreFactDiscoverer", ThisAssembly.Name)]
public sealed class StoreFactAttribute : FactAttribute;

/// <inheritdoc cref="StoreFactAttribute"/>
[XunitTestCaseDiscoverer("OsstOrleans.Silo.Tests.StoreTheoryDiscoverer", ThisAssembly.Name)]
public sealed class StoreTheoryAttribute : TheoryAttribute;

public sealed class StoreFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        WhySkipped(testMethod) is { } reason
            ? Skipped(DiagnosticMessageSink, discoveryOptions, testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);

    internal static string? WhySkipped(ITestMethod method) =>
        Needs(method, typeof(NeedsPostgresAttribute), PostgresCluster.Missing)
        ?? Needs(method, typeof(NeedsPoolerAttribute), Pooler.Missing)
        ?? Needs(method, typeof(NeedsDiskAttribute), PostgresCluster.NoDisk);

    internal static IXunitTestCase Skipped(
        IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method, string reason) =>
        new XunitSkippedDataRowTestCase(
            sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason);

    private static string? Needs(ITestMethod method, Type mark, string? missing) =>
        method.TestClass.Class.GetCustomAttributes(mark).Any() ? missing : null;
}

public sealed class StoreTheoryDiscoverer(IMessageSink sink) : TheoryDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        StoreFactDiscoverer.WhySkipped(testMethod) is { } reason
            ? [StoreFactDiscoverer.Skipped(DiagnosticMessageSink, discoveryOptions, testMethod, reason)]
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
