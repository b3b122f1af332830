using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Host;
using NeuralEdge.Host.Ports;

namespace NeuralEdge.Tests.Cli;

/// <summary>A verb without --port finds the one board that answers, or says what it tried.</summary>
[TestClass]
[DoNotParallelize]
[OSCondition(OperatingSystems.Linux)]
public sealed class FoundBoardTests
{
    [TestMethod]
    public void TheOneBoardThatAnswersIsFoundAmongOtherDevices()
    {
        using PortTree tree = new();
        tree.AddBoard("ttyUSB1");
        tree.AddFile("ttyUSB0", "10c4:ea60");
        tree.AddFile("ttyACM0", "2341:0043");
        StringAssert.Contains(Run(tree, "ask", "2", "3").MustSucceed().Output, "y = 1.238");
        StringAssert.Contains(Run(tree, "info").MustSucceed().Output, "factory");
        StringAssert.Contains(Run(tree, "monitor", "--count", "1").MustSucceed().Output, "y=");
    }

    [TestMethod]
    public void NothingIsSentToADeviceThatIsNoBridgeOfABoard()
    {
        using PortTree tree = new();
        List<string> opened = [];
        tree.Open = name =>
        {
            opened.Add(name);
            throw new PortException(PortProblem.Other, $"Cannot open port {name}: planted.");
        };
        tree.AddFile("ttyACM0", "2341:0043");
        tree.AddFile("ttyUSB3", null);
        tree.AddFile("ttyS0", "10c4:ea60");
        tree.AddFile("ttyUSB7", "303a:1001");
        string sentence = Run(tree, "info").MustFail(3);
        CollectionAssert.AreEqual(new[] { tree.PathOf("ttyUSB7") }, opened);
        StringAssert.Contains(sentence, "2341:0043 is none of the USB bridges of ESP32 boards");
        StringAssert.Contains(sentence, $"give --port {tree.PathOf("ttyUSB3")} if it is a board's");
        Assert.DoesNotContain("ttyS0", sentence);
    }

    [TestMethod]
    public void SeveralBoardsAreAListOfWordsToChooseFromAndNothingIsDone()
    {
        using PortTree tree = new();
        tree.AddBoard("ttyUSB0");
        tree.AddBoard("ttyACM0", "303a:1001");
        string sentence = Run(tree, "reset").MustFail(1);
        StringAssert.StartsWith(sentence, "Several boards answer");
        StringAssert.Contains(sentence, $"--port {tree.PathOf("ttyUSB0")} (");
        StringAssert.Contains(sentence, $"--port {tree.PathOf("ttyACM0")} (");
        StringAssert.Contains(Run(tree, "doctor").MustFail(1), "Several boards answer");
        Run(tree, "info", "--port", tree.PathOf("ttyUSB0")).MustSucceed();
    }

    [TestMethod]
    public void WithoutAPortItIsSaidAndWithoutABoardWhatEachPortSaid()
    {
        using PortTree tree = new();
        StringAssert.Contains(Run(tree, "info").MustFail(3), "there is no serial port here");
        tree.AddFile("ttyUSB0", "1a86:7523");
        tree.AddFile("ttyUSB1", "0403:6001");
        tree.Forbidden.Add("ttyUSB1");
        string sentence = Run(tree, "ask", "2", "3").MustFail(3);
        StringAssert.Contains(sentence, "at 2 ports");
        StringAssert.Contains(sentence, "ttyUSB0");
        StringAssert.Contains(sentence, "sudo usermod -aG ");
    }

    [TestMethod]
    public void TheEnvironmentNamesAPortAndTheCommandLineWins()
    {
        using PortTree tree = new();
        tree.AddBoard("ttyUSB0");
        tree.AddBoard("ttyUSB1");
        try
        {
            Environment.SetEnvironmentVariable(BoardPort.Variable, tree.PathOf("ttyUSB1"));
            Run(tree, "info").MustSucceed();
            StringAssert.Contains(Run(tree, "info", "--port", "/dev/no-such-port").MustFail(3), "/dev/no-such-port");
            Environment.SetEnvironmentVariable(BoardPort.Variable, "/dev/no-such-port");
            StringAssert.Contains(Run(tree, "info").MustFail(3), "/dev/no-such-port");
            Environment.SetEnvironmentVariable(BoardPort.Variable, "");
            StringAssert.Contains(Run(tree, "info").MustFail(1), "Several boards answer");
        }
        finally
        {
            Environment.SetEnvironmentVariable(BoardPort.Variable, null);
        }
    }

    [TestMethod]
    public void PortsShowsDevicesRightsAndWhoAnswers()
    {
        using PortTree tree = new();
        tree.AddBoard("ttyUSB0");
        tree.AddLasting("usb-Silicon_Labs_CP2102-if00-port0", "ttyUSB0");
        tree.AddFile("ttyACM0", "2341:0043");
        tree.AddFile("ttyUSB10", "1a86:7523");
        tree.Forbidden.Add("ttyUSB10");
        string output = Run(tree, "ports").MustSucceed().Output;
        StringAssert.Contains(output, "CP210x, 10c4:ea60");
        StringAssert.Contains(output, "firmware");
        Assert.DoesNotContain("\u001b", output);
        JsonElement[] ports = [.. Run(tree, "ports", "--json").Json().EnumerateArray()];
        CollectionAssert.AreEqual(
            new[] { "notAsked", "board", "noRights" },
            ports.Select(port => port.GetProperty("answer").GetString()).ToArray());
        Assert.AreEqual("esp32", ports[1].GetProperty("board").GetProperty("chip").GetString());
        Assert.AreEqual(0x10C4, ports[1].GetProperty("vendor").GetInt32());
        StringAssert.EndsWith(ports[1].GetProperty("lasting").GetString(), "if00-port0");
        Assert.IsFalse(ports[2].GetProperty("mayOpen").GetBoolean());
    }

    [TestMethod]
    [DataRow("VID_10C4&PID_EA60", 0x10C4, 0xEA60)]
    [DataRow("VID_0403+PID_6001+A50285BIA", 0x0403, 0x6001)]
    [DataRow("VID_303A&PID_1001&MI_00", 0x303A, 0x1001)]
    [DataRow("ROOT_HUB30", -1, 0)]
    [DataRow("VID_&PID_", -1, 0)]
    [DataRow("VID_10C4&PID_EA", -1, 0)]
    public void WindowsKeepsTheNumbersOfADeviceInTheNameOfAKey(string key, int vendor, int product) =>
        Assert.AreEqual(vendor < 0 ? null : (vendor, product), PortFinder.NumbersOf(key));

    [TestMethod]
    public void OnMacOsPortsOfUsbAreKnownByTheirNames()
    {
        using Scratch scratch = new();
        foreach (string name in new[] { "cu.usbserial-0001", "cu.Bluetooth-Incoming-Port", "cu.wchusbserial1410", "tty.usbserial-0001", "cu.debug-console" })
        {
            scratch.Write(name, "");
        }

        FoundPort[] ports = [.. new PortFinder(scratch.Folder, scratch.Folder, _ => true).OfMac()];
        Assert.HasCount(4, ports);
        CollectionAssert.AreEquivalent(new[] { "cu.usbserial-0001", "cu.wchusbserial1410" }, ports.Where(port => port.IsLikely).Select(port => Path.GetFileName(port.Name)).ToArray());
    }

    [TestMethod]
    [DataRow("dialout:x:20:ann,bob\n", "bob", "log out and in again (or restart")]
    [DataRow("dialout:x:20:ann\n", "bob", "sudo usermod -aG dialout bob")]
    [DataRow("root:x:0:\nuucp:x:986:\n", "bob", "sudo usermod -aG uucp bob")]
    [DataRow("", "bob", "sudo usermod -aG dialout bob")]
    public void WhoMayNotOpenAPortIsToldTheCommand(string groups, string user, string said)
    {
        using Scratch scratch = new();
        StringAssert.Contains(PortRights.Advice(scratch.Write("group", groups), user), said);
    }

    private static ToolResult Run(PortTree tree, params string[] arguments)
    {
        try
        {
            BoardPort.LookIn(tree.Search);
            return VerbRun.Run(null, arguments);
        }
        finally
        {
            BoardPort.LookIn(null);
        }
    }
}
