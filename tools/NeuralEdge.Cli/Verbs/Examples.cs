namespace NeuralEdge.Cli.Verbs;

/// <summary>Command lines to learn from, for the help of each verb.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string[]> All = new()
    {
        ["demo"] = ["neuraledge demo", "neuraledge demo --windows"],
        ["train"] =
        [
            "neuraledge train bed.csv --target water -o bed.nedge",
            "neuraledge train iris.csv --target species --report iris.html -o iris.nedge",
            "neuraledge train bed.csv --target water,shade --board board.json -o bed.nedge",
            "neuraledge train gestures.csv --target gesture --window 1s -o gestures.nedge",
        ],
        ["import"] = ["neuraledge import network.onnx --calibrate bed.csv -o bed.nedge", "neuraledge import network.json --range -4,4 -o bed.nedge"],
        ["inspect"] = ["neuraledge inspect bed.nedge"],
        ["run"] = ["neuraledge run bed.nedge --input bed.csv"],
        ["verify"] = ["neuraledge verify bed.nedge --port COM5 --input bed.csv", "neuraledge verify bed.nedge --reference network.onnx --input bed.csv"],
        ["export"] = ["neuraledge export bed.nedge --csharp Bed.cs"],
        ["simulate"] = ["neuraledge simulate --port socket://127.0.0.1:7007 --state board", "neuraledge simulate --chip esp32-s3 --sensors bed.csv", "neuraledge simulate --sensors gestures.csv --rate 50"],
        ["ports"] = ["neuraledge ports"],
        ["doctor"] = ["neuraledge doctor", "neuraledge doctor --port COM5"],
        ["upload"] = ["neuraledge upload bed.nedge", "neuraledge upload bed.nedge --port /dev/ttyUSB0 --no-confirm", "neuraledge upload bed.nedge --all --boards boards.txt --first 1"],
        ["download"] = ["neuraledge download -o bed.nedge"],
        ["info"] = ["neuraledge info", "neuraledge info --port COM5 --json"],
        ["status"] = ["neuraledge status --boards boards.txt"],
        ["name"] = ["neuraledge name pump-house --place field-3"],
        ["calibrate"] = ["neuraledge calibrate --channel 0", "neuraledge calibrate --channel 0 --low 0.5 --high 2.3"],
        ["confirm"] = ["neuraledge confirm bed.nedge"],
        ["revert"] = ["neuraledge revert"],
        ["reset"] = ["neuraledge reset --port COM5"],
        ["provision"] = ["neuraledge provision --new-key bed.key", "neuraledge provision --first --port COM5 --key-file bed.key"],
        ["monitor"] = ["neuraledge monitor", "neuraledge monitor --port COM5 --every 10 --reconnect", "neuraledge monitor --csv bed-today.csv"],
        ["record"] = ["neuraledge record --channels 0,3 --labels dry,wet --seconds 30 -o soil.csv", "neuraledge record --board board.json --label damp --count 500 -o damp.csv"],
        ["ask"] = ["neuraledge ask 2 3"],
        ["studio"] = ["neuraledge studio", "neuraledge studio --port COM5"],
        ["prove"] = ["neuraledge prove"],
        ["completion"] =
        [
            "neuraledge completion bash >> ~/.bashrc",
            "neuraledge completion zsh > ~/.zfunc/_neuraledge",
            "neuraledge completion pwsh >> $PROFILE",
        ],
        ["help"] = ["neuraledge help", "neuraledge help train"],
        ["version"] = ["neuraledge version"],
    };

    /// <summary>What somebody tries first.</summary>
    internal static IReadOnlyList<string> First { get; } =
        ["neuraledge demo", "neuraledge train bed.csv --target water -o bed.nedge", "neuraledge doctor", "neuraledge upload bed.nedge", "neuraledge help train"];

    /// <summary>Those of a verb.</summary>
    internal static IReadOnlyList<string> Of(string verb) => All[verb];
}
