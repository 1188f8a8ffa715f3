using System.Globalization;
using PostureScanner.Core.Scanning;
using Spectre.Console;

namespace PostureScanner.Cli;

/// <summary>Shows on stderr how far a scan is: a bar where somebody watches, a line at the beginning and the end where a log does.</summary>
internal static class ProgressBar
{
    /// <param name="done">What to say at the end, where a log is kept.</param>
    public static async Task<T> RunAsync<T>(Terminal terminal, string what, Func<ScanProgress, FormattableString> done, Func<IProgress<ScanProgress>, Task<T>> work)
    {
        if (!terminal.ErrorIsTerminal)
        {
            await terminal.Error.WriteLineAsync($"posture: {what} …");
            var last = new Latest();
            var result = await work(last);
            await terminal.Error.WriteLineAsync($"posture: {done(last.Value).ToString(CultureInfo.InvariantCulture)}");
            return result;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return await console.Progress()
            .AutoClear(enabled: true)
            .HideCompleted(enabled: false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(async bar =>
            {
                var task = bar.AddTask(Markup.Escape(what), maxValue: 1);
                task.IsIndeterminate = true;
                return await work(new Drawn(task, what));
            });
    }

    private sealed class Latest : IProgress<ScanProgress>
    {
        public ScanProgress Value { get; private set; } = new();

        public void Report(ScanProgress value) => Value = value;
    }

    private sealed class Drawn(ProgressTask task, string what) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value)
        {
            task.IsIndeterminate = value.Listed == 0;
            task.MaxValue = Math.Max(1, value.Listed);
            task.Value = value.Asked;
            task.Description = Markup.Escape(string.Create(null, $"{what}: {value.Asked} of {value.Listed}"));
        }
    }
}
