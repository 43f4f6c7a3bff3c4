using System.Text;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>Answers requests for the files of charts.</summary>
internal static class Files
{
    /// <summary>The chart of that key as CSV or SVG; 404 where there is none.</summary>
    public static Task Answer(
        HttpContext http, IReadOnlyList<Chart> charts, string key, string ending, string source, FileOrigin origin)
    {
        var chart = charts.FirstOrDefault(one => one.Key == key);
        if (chart is null || ending is not ("csv" or "svg") || (ending == "svg" && chart.Drawing is null))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        return Write(
            http, $"{key}-{origin.Suffix}", ending,
            ending == "csv" ? ChartFile.Csv(chart.Sheet, origin) : ChartFile.Svg(chart, source));
    }

    /// <summary>How much of the log the figures have seen, in words.</summary>
    public static string Source(SeenAnswer seen, Language words) =>
        words.Say("source.seen", ("position", seen.Position), ("when", seen.RecordedAt));

    /// <summary>A file to keep: it is the viewer's, so no one between keeps it.</summary>
    public static Task Write(HttpContext http, string key, string ending, string text)
    {
        var response = http.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = $"attachment; filename=\"osst-{key}.{ending}\"";
        response.ContentType = ending == "csv" ? "text/csv; charset=utf-8" : "image/svg+xml";
        return response.WriteAsync(text, Encoding.UTF8, http.RequestAborted);
    }
}
