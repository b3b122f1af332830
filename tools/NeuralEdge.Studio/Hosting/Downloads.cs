using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Recording;
using NeuralEdge.Studio.Training;
using NeuralEdge.Studio.Watching;
using NeuralEdge.Studio.Wiring;

namespace NeuralEdge.Studio.Hosting;

/// <summary>What the pages give away as files.</summary>
internal static class Downloads
{
    private const string Csv = "text/csv; charset=utf-8";

    internal static void MapDownloads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/download/session.csv", (Recorder recorder) => recorder.Session is { } session
            ? Results.File(session.ToCsv(), Csv, session.Name + ".csv")
            : None("No session is open."));
        app.MapGet("/download/model.nedge", (UploadJob upload) => upload.File is ModelFile file
            ? Results.File(file.Bytes, "application/octet-stream", "model.nedge")
            : None("No model file has been made yet."));
        app.MapGet("/download/board.json", (WiringDesk desk) => desk.Plan is WiringPlan plan
            ? Results.File(Encoding.UTF8.GetBytes(plan.ToJson()), "application/json", "board.json")
            : None("Nothing has been wired yet."));
        app.MapGet("/download/watch.csv", (BoardService board) => board.Live is LiveRing live
            ? Results.File(Encoding.UTF8.GetBytes(ToCsv(live)), Csv, "watch.csv")
            : None("No board has sent anything yet."));
        app.MapGet("/download/days.csv", (BoardService board, WatchKeeper keeper, HttpContext context) => board.Live is LiveRing live
            ? Results.Stream(target => keeper.TableOf(live, 0).CopyTo(target, context.RequestAborted), Csv, "days.csv")
            : None("No board has sent anything yet."));
        app.MapGet("/report", async (TrainingJob job, StudioTexts texts, HttpContext context) => job.Result is { } result
            ? Results.Content(await Task.Run(() => texts.Report(result, job.Study, context.RequestAborted), context.RequestAborted), "text/html; charset=utf-8")
            : None("Nothing has been trained yet."));
    }

    private static IResult None(string why) => Results.Text(why, statusCode: StatusCodes.Status404NotFound);

    private static string ToCsv(LiveRing live)
    {
        StringBuilder text = new();
        text.AppendJoin(',', (string[])["ms", .. WatchKeeper.NamesOf(live).Select(CsvText.Quote)]).Append('\n');
        live.Rows.ForEach((ms, values) => text.Append(ms.ToString(CultureInfo.InvariantCulture)).Append(',')
            .AppendJoin(',', values.Select(value => float.IsNaN(value) ? "" : value.ToString("G7", CultureInfo.InvariantCulture))).Append('\n'));
        return text.ToString();
    }
}
