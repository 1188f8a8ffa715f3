using System.Text.Json.Serialization;

namespace PostureScanner.Lambda;

/// <summary>How events are read and summaries written, compiled ahead.</summary>
[JsonSerializable(typeof(ScheduleEvent))]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class FunctionJson : JsonSerializerContext;
