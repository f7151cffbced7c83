# Partners against others. file_lines1 ... n_panel: year, mean, lower and upper quartile;
# block 0 the partners, block 1 the others. Each panel keeps the same countries throughout.
set multiplot layout n_row, 2 \
  title sprintf('%s (blue) and %s (orange): mean and middle half', group_1, group_2) \
  margins screen 0.06, screen 0.965, screen 0.07, screen 0.87 spacing screen 0.07, screen 0.12
set yrange [score_low:score_high]
span = year_last - year_first
set xrange [year_first - 0.5:year_last + 0.5]
step = (span > 12 ? 5 : span > 5 ? 2 : 1)
set xtics step
unset key
set style fill transparent solid 0.15 noborder
do for [i = 1:n_panel] {
  lines = value(sprintf('file_lines%d', i))
  set title value(sprintf('panel_%d', i)) offset 0,-0.4
  plot lines using 1:3:4 index 0 with filledcurves linecolor rgb colour_1, \
    lines using 1:3:4 index 1 with filledcurves linecolor rgb colour_2, \
    lines using 1:2 index 0 with linespoints pointtype 7 pointsize 0.4 linewidth 2.4 \
      linecolor rgb colour_1, \
    lines using 1:2 index 1 with linespoints pointtype 7 pointsize 0.4 linewidth 2.4 \
      linecolor rgb colour_2
  unset label 99
}
unset multiplot
