using System.Text.Json;
using OsstOrleans.Gateway.CommandLine;
using OsstOrleans.Silo.Cluster;

namespace OsstOrleans.Conformance.Tests.Deploy;

/// <summary>What a cluster is told, checked as far as it can be without one.</summary>
public sealed class ManifestTests
{
    [NodeFact]
    public async Task Manifests_and_the_compose_file_fit_their_schemas() =>
        Assert.Empty((await DeployFiles.Checked).Errors);

    [NodeTheory]
    [InlineData("kubernetes/silo.yaml", "livenessProbe:", "livenesProbe:", "livenesProbe")]
    [InlineData("kubernetes/silo.yaml", "replicas: 3", "replicas: three", "replicas")]
    [InlineData("kubernetes/gateway.yaml", "apiVersion: policy/v1", "apiVersion: policy/v9", "policy/v9")]
    [InlineData("compose/compose.yaml", "healthcheck:", "healthchek:", "healthchek")]
    [InlineData("monitoring/alerts.yaml", "groups:", "groups: [", "alerts.yaml")]
    public async Task A_fault_in_one_of_them_is_found(string file, string right, string wrong, string told)
    {
        var folder = Directory.CreateTempSubdirectory("osst-deploy-").FullName;
        foreach (var path in Directory.EnumerateFiles(DeployFiles.Folder, "*.yaml", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(DeployFiles.Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var text = await File.ReadAllTextAsync(path);
            await File.WriteAllTextAsync(copy, path.EndsWith(file) ? text.Replace(right, wrong) : text);
        }
        Assert.Contains((await DeployFiles.Check(folder)).Errors, error => error.Contains(told));
        Directory.Delete(folder, recursive: true);
    }

    [NodeFact]
    public async Task There_are_three_silos_and_two_gateways_and_each_may_lose_one()
    {
        var replicas = (await DeployFiles.Manifests("Deployment")).ToDictionary(
            d => d.Text("metadata", "name"), d => d.Find("spec", "replicas")!.Value.GetInt32());
        Assert.Equal([("osst-gateway", 2), ("osst-silo", 3)], replicas.Select(r => (r.Key, r.Value)).Order());
        var budgets = await DeployFiles.Manifests("PodDisruptionBudget");
        Assert.All(budgets, budget => Assert.Equal(
            replicas[budget.Text("metadata", "name")] - 1, budget.Find("spec", "minAvailable")!.Value.GetInt32()));
        Assert.Equal(2, budgets.Count);
    }

    [NodeFact]
    public async Task Every_pod_holds_to_the_rules()
    {
        foreach (var deployment in await DeployFiles.Manifests("Deployment"))
        {
            var pod = deployment.Find("spec", "template", "spec")!.Value;
            Assert.Equal("False", pod.Text("automountServiceAccountToken"));
            Assert.Equal("True", pod.Text("securityContext", "runAsNonRoot"));
            Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
            var container = Assert.Single(pod.Find("containers")!.Value.EnumerateArray());
            Assert.Equal("False", container.Text("securityContext", "allowPrivilegeEscalation"));
            Assert.Equal("True", container.Text("securityContext", "readOnlyRootFilesystem"));
            Assert.Equal(["ALL"], container.Texts("securityContext", "capabilities", "drop"));
            Assert.NotEqual("", container.Text("resources", "requests", "cpu"));
            Assert.NotEqual("", container.Text("resources", "requests", "memory"));
            Assert.NotEqual("", container.Text("resources", "limits", "memory"));
            foreach (var (probe, path) in ((string, string)[])[
                ("startupProbe", "/health/startup"), ("livenessProbe", "/health/live"),
                ("readinessProbe", "/health/ready")])
            {
                Assert.Equal(path, container.Text(probe, "httpGet", "path"));
            }
            var selector = deployment.Text("spec", "selector", "matchLabels");
            Assert.Equal(deployment.Text("spec", "template", "metadata", "labels"), selector);
        }
        Assert.All(await DeployFiles.Manifests("ServiceAccount"), account =>
            Assert.Equal("False", account.Text("automountServiceAccountToken")));
    }

    [NodeFact]
    public async Task Secrets_come_by_reference_alone()
    {
        Assert.Empty(await DeployFiles.Manifests("Secret"));
        foreach (var deployment in await DeployFiles.Manifests("Deployment"))
        {
            var container = deployment.Find("spec", "template", "spec", "containers")!.Value[0];
            var variables = container.Find("env")!.Value.EnumerateArray().ToArray();
            Assert.All(variables, variable => Assert.Null(variable.Find("value")));
            Assert.Contains(variables, variable => variable.Text("name") == "OSST_POSTGRES"
                && variable.Text("valueFrom", "secretKeyRef", "name") == "osst-postgres");
        }
    }

    [NodeFact]
    public async Task The_program_takes_every_command_line()
    {
        foreach (var deployment in await DeployFiles.Manifests("Deployment"))
        {
            AssertParses(deployment.Find("spec", "template", "spec", "containers")!.Value[0].Texts("args"));
        }
        var services = (await DeployFiles.Of("compose/compose.yaml"))[0].GetProperty("services").EnumerateObject()
            .Where(service => service.Name.StartsWith("silo") || service.Name.StartsWith("gateway")).ToArray();
        Assert.Equal(3, services.Count(service => service.Name.StartsWith("silo")));
        Assert.Equal(2, services.Count(service => service.Name.StartsWith("gateway")));
        Assert.All(services, service => AssertParses(service.Value.Texts("command")));
    }

    [NodeFact]
    public async Task Whatever_starts_a_process_gives_it_its_time_to_stop_before_it_is_killed()
    {
        var settings = (await DeployFiles.Manifests("ConfigMap")).Single(map => map.Text("metadata", "name") == "osst");
        var delay = JsonElement.Parse(settings.Text("data", "settings.json")).GetProperty("http")
            .GetProperty("drainDelay").GetInt32();
        Assert.InRange(delay, 0, StopTime.MostDrainSeconds);
        foreach (var deployment in await DeployFiles.Manifests("Deployment"))
        {
            var grace = deployment.Find("spec", "template", "spec", "terminationGracePeriodSeconds")!.Value.GetInt32();
            Assert.Equal(StopTime.TotalSeconds, grace);
        }
        Assert.Contains(
            $"stop_grace_period: {StopTime.TotalSeconds}s", await TextOf("compose/compose.yaml"),
            StringComparison.Ordinal);
        foreach (var unit in (string[])["osst", "osst-silo", "osst-gateway"])
        {
            Assert.Contains(
                $"TimeoutStopSec={StopTime.TotalSeconds}\n", await TextOf($"systemd/{unit}.service"),
                StringComparison.Ordinal);
        }
    }

    private static Task<string> TextOf(string file) =>
        File.ReadAllTextAsync(Path.Combine(DeployFiles.Folder, file));

    [NodeFact]
    public async Task The_collector_names_no_part_that_it_has_not()
    {
        var config = (await DeployFiles.Of("monitoring/otel-collector.yaml"))[0];
        foreach (var pipeline in config.Find("service", "pipelines")!.Value.EnumerateObject())
        {
            foreach (var part in (string[])["receivers", "processors", "exporters"])
            {
                Assert.All(pipeline.Value.Texts(part), name => Assert.NotNull(config.Find(part, name)));
            }
        }
        Assert.All(config.Texts("service", "extensions"), name => Assert.NotNull(config.Find("extensions", name)));
    }

    internal static void AssertParses(IEnumerable<string> arguments)
    {
        string[] given = [.. arguments.Select(a => a is "$(POD_IP)" or "${OSST_ADVERTISE}" ? "10.0.0.7" : a)];
        Assert.Empty(OsstCommand.Create().Parse(given).Errors.Select(error => error.Message));
    }
}
