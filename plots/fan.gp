# Paths to come. file_past1 ... n_panel: year, value; file_fan1 ...: year, forecast, 2.5, 25, 50,
# 75 and 97.5 % of the paths; y_high the top of all.
set multiplot layout n_row, (n_panel > 1 ? 2 : 1) title node_name.': paths to come' \
  margins screen 70.0 / width, screen 0.965, screen 75.0 / height, screen 1 - 85.0 / height \
  spacing screen 75.0 / width, screen 95.0 / height
set key top left reverse Left samplen 2
set yrange [0:y_high > 0 ? 1.05 * y_high : 1]
set xtics 5
set style fill solid 1 noborder
set label 2 'Average of four methods, ranges by how far past forecasts were off; how often they held: rift forecast RESULT forecast-coverage.' \
  at screen 0.5, screen 22.0 / height center font ',10' textcolor rgb '#555555'
do for [i = 1:n_panel] {
  past = value(sprintf('file_past%d', i)); fan = value(sprintf('file_fan%d', i))
  set title value(sprintf('panel_%d', i)) offset 0,-0.4
  plot fan using 1:3:7 with filledcurves linecolor rgb '#cfe3f1' title '95 of 100', \
    fan using 1:4:6 with filledcurves linecolor rgb '#8fbfe0' title 'half of them', \
    fan using 1:2 with lines linewidth 2 linecolor rgb colour(1) title 'forecast', \
    past using 1:2 with linespoints linewidth 1.5 pointtype 7 pointsize 0.4 linecolor rgb '#333333' title 'observed'
  unset key; unset label 2
  unset label 99
}
unset multiplot
